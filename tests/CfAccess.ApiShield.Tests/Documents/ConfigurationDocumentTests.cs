using System.Text.Json.Nodes;
using CfAccess.Testing;

namespace CfAccess.ApiShield.Tests.Documents;

/// <summary>What the document of token configurations may say. What keys may be is shown with the keys.</summary>
public sealed class ConfigurationDocumentTests
{
    [Fact]
    public void A_good_configuration_is_read()
    {
        var read = ShieldDocuments.With(documents =>
        {
            documents.Configurations[0]!["description"] = "All.";
            documents.Configurations[0]!["created_at"] = "2023-11-08T16:45:17.236841Z";
        }).Load().Configurations.ShouldHaveSingleItem();

        read.Id.ShouldBe(ShieldDocuments.ConfigurationId);
        read.Title.ShouldBe("Accounts");
        read.Description.ShouldBe("All.");
        read.TokenSources.ShouldBe(["http.request.headers[\"authorization\"][0]", "http.request.cookies[\"session\"][0]"]);
        read.CreatedAt.ShouldBe(new DateTimeOffset(2023, 11, 8, 16, 45, 17, TimeSpan.Zero).AddTicks(2368410));
        read.LastUpdated.ShouldBeNull();
        var key = read.Credentials.Keys.ShouldHaveSingleItem();
        (key.Algorithm, key.KeyType, key.KeyId).ShouldBe(("RS256", "RSA", TestKey.Get("current").Kid));
    }

    [Theory]
    [InlineData("jwt")]
    [InlineData("JWT")]
    [InlineData("Jwt")]
    public void A_token_type_has_any_case_and_is_given_back_in_one(string type) =>
        ShieldDocuments.With(documents => documents.Configurations[0]!["token_type"] = type).Load().Configurations[0].TokenType.ShouldBe("JWT");

    [Theory]
    [InlineData("id", "null", "/0/id: is missing")]
    [InlineData("id", "\"abc\"", "/0/id: is no UUID")]
    [InlineData("title", "null", "/0/title: is missing")]
    [InlineData("title", "\"123456789012345678901234567890123456789012345678901\"", "/0/title: has 51 characters, and may have 50.")]
    [InlineData("token_type", "null", "/0/token_type: is missing. Write \"JWT\".")]
    [InlineData("token_type", "\"opaque\"", "/0/token_type: is no type that there is. Write \"JWT\".")]
    [InlineData("token_sources", "null", "/0/token_sources: is missing")]
    [InlineData("token_sources", "[]", "/0/token_sources: has to have 1 to 4 sources.")]
    [InlineData("token_sources", "\"http.request.cookies[\\\"a\\\"][0]\"", "/0/token_sources: has to be a list.")]
    [InlineData("token_sources", "[7]", "/0/token_sources/0: has to be a text.")]
    [InlineData("token_sources", "[\"http.request.uri.args[\\\"a\\\"][0]\"]", "/0/token_sources/0: is no token source, at character 1: ")]
    [InlineData("credentials", "null", "/0/credentials: is missing. Write { \"keys\": [ … ] } with 1 to 16 JSON web keys.")]
    [InlineData("credentials", "[]", "/0/credentials: has to be an object.")]
    [InlineData("credentials", "{}", "/0/credentials/keys: is missing. Write a list of 1 to 16 JSON web keys.")]
    [InlineData("credentials", """{"keys":[]}""", "/0/credentials/keys: keys must be an array of 1 to 16 JSON web keys.")]
    [InlineData("credentials", """{"keys":[{"kty":"OKP","kid":"a"}]}""", "/0/credentials/keys: no key can be used: ")]
    public void A_wrong_member_is_told_of_where_it_stands(string member, string json, string said) =>
        ShieldDocuments.With(documents => documents.Configurations[0]![member] = JsonNode.Parse(json)).Errors().ShouldHaveSingleItem()
            .ShouldStartWith("Configurations " + said);

    [Fact]
    public void There_are_one_to_four_sources()
    {
        JsonArray Sources(int count) => [.. Enumerable.Range(0, count).Select(index => JsonValue.Create($"http.request.cookies[\"a\"][{index}]"))];

        ShieldDocuments.With(documents => documents.Configurations[0]!["token_sources"] = Sources(4)).Load();
        ShieldDocuments.With(documents => documents.Configurations[0]!["token_sources"] = Sources(5)).Errors().ShouldHaveSingleItem()
            .ShouldBe("Configurations /0/token_sources: has to have 1 to 4 sources.");
    }

    [Fact]
    public void There_are_at_most_32_configurations()
    {
        ShieldDocuments Many(int count) => ShieldDocuments.With(documents => Enumerable.Range(1, count - 1).ToList().ForEach(_ =>
            documents.Configurations.Add(ShieldDocuments.Configuration(Guid.NewGuid().ToString(), TestKey.Get("current").ToJwk()))));

        Many(32).Load().Configurations.Count.ShouldBe(32);
        Many(33).Errors().ShouldHaveSingleItem()
            .ShouldBe("Configurations (the whole document): has 33 token configurations, more than the 32 that a zone may have.");
    }

    [Fact]
    public void Two_configurations_have_two_ids() =>
        ShieldDocuments.With(documents => documents.Configurations.Add(documents.Configurations[0]!.DeepClone())).Errors().ShouldHaveSingleItem()
            .ShouldBe("Configurations /1/id: is that of /0 too. Write another UUID.");

    [Fact]
    public void What_is_dropped_of_a_key_is_told_of_with_Cloudflares_code()
    {
        var key = TestKey.Get("current").ToJwk();
        key.Remove("alg");
        var warnings = ShieldDocuments.With(documents => documents.Configurations[0]!["credentials"]!["keys"] = new JsonArray(key)).Load().Warnings;

        warnings.ShouldAllBe(warning => warning.Severity == ApiShieldSeverity.Warning && warning.Pointer == "/0/credentials/keys/0");
        warnings.ShouldContain(warning => warning.Code == 110003 && warning.ToString().EndsWith("(110003)", StringComparison.Ordinal));
        warnings.ShouldContain(warning => warning.Message.Contains("use"));
    }

    [Fact]
    public async Task The_log_has_that_code_too()
    {
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents =>
        {
            var key = TestKey.Get("current").ToJwk();
            key.Remove("alg");
            documents.Configurations[0]!["credentials"]!["keys"] = new JsonArray(key);
        }));

        host.Log.Named("DocumentProblem").ShouldContain(entry => entry.Message.EndsWith(". (110003)", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_may_name_a_configuration_that_is_wrong_without_a_second_error() =>
        ShieldDocuments.With(documents => documents.Configurations[0]!["title"] = 5).Errors().ShouldHaveSingleItem()
            .ShouldBe("Configurations /0/title: has to be a text.");
}
