using System.Net;
using System.Text.Json.Nodes;

namespace CfAccess.Emulator.ApiShield.Tests.Api;

public sealed class OperationApiTests(SharedShieldApp shared) : IClassFixture<SharedShieldApp>
{
    private const string Operations = "api_gateway/operations";
    private readonly ShieldApp _app = shared.Begin();

    [Fact]
    public async Task They_are_saved_as_they_are_compared_and_read_and_deleted()
    {
        var saved = (await _app.Zone.PostAsync(Operations, new JsonArray(
            ShieldPapers.Operation("get", "/a/{x}/b/{y}", "API.example.com"), ShieldPapers.Operation("POST", "login")))).Good();
        saved.Json.ShouldHaveShape("""
            {
                "result": [ { "operation_id": "id", "method": "text", "host": "=api.example.com", "endpoint": "text", "last_updated": "time" } ],
                "success": "flag", "errors": [], "messages": []
            }
            """);
        saved.Result.AsArray().Select(one => $"{one!["method"]} {one["endpoint"]}").ShouldBe(["GET /a/{var1}/b/{var2}", "POST /login"]);
        var id = saved.Result[0]!["operation_id"]!.GetValue<string>();

        (await _app.Zone.GetAsync($"{Operations}/{id}")).Good().Result.ToJsonString().ShouldBe(saved.Result[0]!.ToJsonString());
        (await _app.Zone.DeleteAsync($"{Operations}/{id}")).Good();
        (await _app.Zone.GetAsync($"{Operations}/{id}")).Bad(HttpStatusCode.NotFound);
        (await _app.Zone.DeleteAsync($"{Operations}/{id}")).Bad(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_saved_already_is_given_back_with_a_new_time()
    {
        var id = await _app.Zone.AddOperationAsync(endpoint: "/accounts/{id}");
        _app.Clock.Advance(TimeSpan.FromMinutes(1));

        var again = (await _app.Zone.PostAsync(Operations, new JsonArray(ShieldPapers.Operation(endpoint: "/accounts/{other}"), ShieldPapers.Operation()))).Good();

        again.Result.AsArray().Select(one => one!["operation_id"]!.GetValue<string>()).ShouldBe([id, id]);
        again.Result[0]!["last_updated"]!.GetValue<string>().ShouldBe("2026-03-01T12:01:00.000000Z");
        (await _app.Zone.GetAsync(Operations)).Good().Result.AsArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Several_are_deleted_at_once_or_none()
    {
        var ids = new[] { await _app.Zone.AddOperationAsync(endpoint: "/a"), await _app.Zone.AddOperationAsync(endpoint: "/b") };
        var before = await _app.Zone.AllAsync();

        (await DeleteAsync(ids[0], ShieldPapers.UnknownId, ids[0], "x")).Bad().Pointers.ShouldBe(["/1/operation_id", "/2/operation_id", "/3/operation_id"]);
        (await _app.Zone.SendAsync("DELETE", Operations, "[]")).Bad().Pointers.ShouldBe([""]);
        var withoutBody = (await _app.Zone.SendAsync("DELETE", Operations)).Bad().Errors.ShouldHaveSingleItem()["message"]!.GetValue<string>();
        withoutBody.ShouldContain("operation_id");
        withoutBody.ShouldNotContain("Content-Type");
        (await _app.Zone.AllAsync()).ShouldBe(before, "without a body a slip would empty the zone");

        (await DeleteAsync(ids)).Good();
        (await _app.Zone.GetAsync(Operations)).Good().Result.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("method", "BREW", "/method")]
    [InlineData("host", "https://api.example.com", "/host")]
    [InlineData("endpoint", "/a?b", "/endpoint")]
    [InlineData("endpoint", "", "/endpoint")]
    public async Task What_is_wrong_is_told_by_its_pointer_and_nothing_is_saved(string member, string value, string place)
    {
        var wrong = ShieldPapers.Operation();
        wrong[member] = value;

        (await _app.Zone.PostAsync(Operations + "/item", wrong)).Bad().Pointers.ShouldBe([place]);
        (await _app.Zone.PostAsync(Operations, new JsonArray(ShieldPapers.Operation(), wrong.DeepClone()))).Bad().Pointers.ShouldBe(["/1" + place]);

        (await _app.Zone.GetAsync(Operations)).Good().Result.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_come_in_pages()
    {
        await SaveAsync(23);

        var second = (await _app.Zone.GetAsync(Operations + "?page=2&per_page=10")).Good();
        second.Result.AsArray().Select(one => one!["endpoint"]!.GetValue<string>()).ShouldBe(Enumerable.Range(10, 10).Select(number => $"/{number}"));
        second.Json["result_info"]!.ToJsonString().ShouldBe("""{"page":2,"per_page":10,"count":10,"total_count":23,"total_pages":3}""");
        Info(await _app.Zone.GetAsync(Operations)).ShouldBe("""{"page":1,"per_page":20,"count":20,"total_count":23,"total_pages":2}""");
        Info(await _app.Zone.GetAsync(Operations + "?page=2147483647&per_page=50"))
            .ShouldBe("""{"page":2147483647,"per_page":50,"count":0,"total_count":23,"total_pages":1}""");

        var preview = (await _app.Zone.SendAsync("POST", "token_validation/rules/preview?page=2&per_page=20", "{}")).Good();
        preview.Result["operations"]!.AsArray().Count.ShouldBe(3);
        preview.Result["total"]!.GetValue<int>().ShouldBe(23, "the counts are of all pages");
        Info(preview).ShouldBe("""{"page":2,"per_page":20,"count":3,"total_count":23,"total_pages":2}""");
    }

    [Theory]
    [InlineData("page=0")]
    [InlineData("page=-1")]
    [InlineData("page=x")]
    [InlineData("page=")]
    [InlineData("page=2147483648")]
    [InlineData("page=1&page=2")]
    [InlineData("per_page=4")]
    [InlineData("per_page=51")]
    [InlineData("surprise=1")]
    [InlineData("Page=1")]
    public async Task A_page_that_cannot_be_is_refused_and_so_is_a_filter_that_would_be_passed_over(string query)
    {
        foreach (var path in new[] { Operations, "token_validation/config", "token_validation/rules", "api_gateway/token_validation/rules" })
        {
            (await _app.Zone.GetAsync($"{path}?{query}")).Bad();
        }

        (await _app.Zone.SendAsync("POST", "token_validation/rules/preview?" + query, "{}")).Bad();
    }

    private Task<ShieldReply> DeleteAsync(params string[] ids) => _app.Zone.SendAsync(
        "DELETE", Operations, new JsonArray([.. ids.Select(id => new JsonObject { ["operation_id"] = id })]).ToJsonString());

    private async Task SaveAsync(int count) => (await _app.Zone.PostAsync(
        Operations, new JsonArray([.. Enumerable.Range(0, count).Select(number => ShieldPapers.Operation(endpoint: $"/{number}"))]))).Good();

    private static string Info(ShieldReply reply) => reply.Good().Json["result_info"]!.ToJsonString();
}
