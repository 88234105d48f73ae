using System.Text.Json.Nodes;

namespace CfAccess.ApiShield.Tests.Documents;

/// <summary>What the document of operations may say.</summary>
public sealed class OperationDocumentTests
{
    [Fact]
    public void A_good_operation_gives_nothing_to_say() => Papers.SaidOfOperations(Papers.Operation()).ShouldBeEmpty();

    [Theory]
    [InlineData("operation_id", "null", "!/0/operation_id: is missing")]
    [InlineData("method", "\"FETCH\"", "!/0/method: is no method that operations can have. Write one of GET, POST")]
    [InlineData("host", "\"\"", "!/0/host: is empty")]
    [InlineData("host", "null", "!/0/host: is missing")]
    [InlineData("endpoint", "\"/a?b\"", "!/0/endpoint: has a query")]
    [InlineData("last_updated", "\"x\"", "!/0/last_updated: has to be a time")]
    public void A_wrong_member_is_told_of_where_it_stands(string member, string json, string said) =>
        Papers.SaidOfOperations(Papers.Operation(operation => operation[member] = JsonNode.Parse(json))).ShouldHaveSingleItem()
            .ShouldStartWith(said);

    [Fact]
    public void Two_operations_have_two_ids() =>
        Papers.SaidOfOperations(Papers.Operation(), Papers.Operation(operation => operation["method"] = "PUT")).ShouldHaveSingleItem()
            .ShouldBe("!/1/operation_id: is that of /0 too. Write another UUID.");

    [Fact]
    public void The_same_operation_stands_once()
    {
        var again = Papers.Operation(operation =>
            (operation["operation_id"], operation["host"], operation["endpoint"], operation["method"]) =
            (Guid.NewGuid().ToString(), "API.example.com:443", "/api/accounts/{account}", "get"));

        Papers.SaidOfOperations(Papers.Operation(), again).ShouldHaveSingleItem()
            .ShouldBe("!/1/endpoint: makes this the same operation as /0. Leave one of them out.");
    }

    [Fact]
    public void What_answers_of_the_api_have_besides_is_passed_over() =>
        Papers.SaidOfOperations(Papers.Operation(operation => (operation["state"], operation["features"]) = ("included", new JsonObject())))
            .ShouldBeEmpty();
}
