using System.Net;
using System.Text.Json.Nodes;

namespace CfAccess.Emulator.ApiShield.Tests.Api;

public sealed class ConfigurationApiTests(SharedShieldApp shared) : IClassFixture<SharedShieldApp>
{
    private const string Config = "token_validation/config";
    private readonly ShieldApp _app = shared.Begin();

    [Theory]
    [InlineData("token_validation/config")]
    [InlineData("api_gateway/token_validation")]
    [InlineData("api_gateway/token_validation/config")]
    public async Task Both_families_make_read_change_and_delete_one(string path)
    {
        var made = (await _app.Zone.PostAsync(path, ShieldPapers.Configuration())).Good();
        (await _app.Zone.GetAsync($"{path}/{made.Id}")).Good().Result.ToJsonString().ShouldBe(made.Result.ToJsonString());
        (await _app.Zone.GetAsync($"{Config}/{made.Id.ToUpperInvariant()}")).Good().Id.ShouldBe(made.Id);

        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        var patch = new JsonObject { ["title"] = "Other", ["token_sources"] = new JsonArray("http.request.cookies[\"t\"][0]") };
        var changed = (await _app.Zone.PatchAsync($"{path}/{made.Id}", patch)).Good();

        changed.Result["title"]!.GetValue<string>().ShouldBe("Other");
        changed.Result["description"]!.GetValue<string>().ShouldBe("Tokens of accounts.");
        changed.Result["token_sources"]!.ToJsonString().ShouldBe(new JsonArray("http.request.cookies[\"t\"][0]").ToJsonString());
        changed.Result["credentials"]!.ToJsonString().ShouldBe(made.Result["credentials"]!.ToJsonString());
        changed.Result["created_at"]!.GetValue<string>().ShouldBe("2026-03-01T12:00:00.000000Z");
        changed.Result["last_updated"]!.GetValue<string>().ShouldBe("2026-03-01T12:01:00.000000Z");

        (await _app.Zone.DeleteAsync($"{path}/{made.Id}")).Good().Id.ShouldBe(made.Id);
        (await _app.Zone.GetAsync(path)).Good().Result.AsArray().ShouldBeEmpty();
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "title", $"\"{new string('t', 51)}\"", "/title" },
        { "title", "7", "/title" },
        { "title", "null", "/title" },
        { "description", $"\"{new string('d', 501)}\"", "/description" },
        { "token_sources", "[]", "/token_sources" },
        { "token_sources", """["http.host"]""", "/token_sources/0" },
        { "token_sources", "\"http.host\"", "/token_sources" },
        { "token_sources", "[" + string.Join(',', Enumerable.Range(0, 5).Select(index => $"\"http.request.headers[\\\"x\\\"][{index}]\"")) + "]", "/token_sources" },
        { "token_type", "\"opaque\"", "/token_type" },
        { "credentials", """{ "keys": [] }""", "/credentials/keys" },
        { "credentials", """{ "keys": [{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}] }""", "/credentials/keys" },
        { "credentials", """{ "keys": [{ "kty": "oct", "alg": "HS256", "kid": "a", "k": "c2hvcnQ" }] }""", "/credentials/keys" },
        { "credentials", "[]", "/credentials" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_told_by_its_pointer_and_nothing_is_made(string member, string value, string place)
    {
        var body = ShieldPapers.Configuration();
        body[member] = JsonNode.Parse(value);

        (await _app.Zone.PostAsync(Config, body)).Bad().Pointers.ShouldContain(place);

        (await _app.Zone.GetAsync(Config)).Good().Result.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once()
    {
        var body = ShieldPapers.Configuration();
        (body["title"], body["token_type"], body["token_sources"]) = (new string('t', 51), 1, new JsonArray("x", 5));

        (await _app.Zone.PostAsync(Config, body)).Bad().Pointers.ShouldBe(["/title", "/token_sources/1", "/token_sources/0", "/token_type"], ignoreOrder: true);
    }

    [Fact]
    public async Task Limits_are_reached_and_not_passed()
    {
        var body = ShieldPapers.Configuration([.. Enumerable.Range(1, 16).Select(number => ShieldPapers.SecretKey($"k{number}"))]);
        (body["title"], body["description"]) = (new string('t', 50), new string('d', 500));
        body["token_sources"] = new JsonArray([.. Enumerable.Range(0, 4).Select(index => JsonValue.Create($"http.request.headers[\"x\"][{index}]"))]);
        foreach (var _ in Enumerable.Range(0, 32))
        {
            (await _app.Zone.PostAsync(Config, body.DeepClone())).Good();
        }

        var before = await _app.Zone.AllAsync();
        var refused = (await _app.Zone.PostAsync(Config, body.DeepClone())).Bad();

        refused.Pointers.ShouldBe([""]);
        refused.Text.ShouldContain("32 that a zone may have");
        (await _app.Zone.AllAsync()).ShouldBe(before);
        (await _app.Zone.GetAsync(Config + "?per_page=50")).Good().Result.AsArray().Count.ShouldBe(32);
        (await _app.Zone.GetAsync(Config + "?page=2")).Good().Result.AsArray().Count.ShouldBe(12);
    }

    [Fact]
    public async Task Keys_are_not_changed_beside_other_things()
    {
        var id = await _app.Zone.ConfigureAsync();
        var before = await _app.Zone.AllAsync();
        var patch = new JsonObject { ["title"] = "Other", ["credentials"] = new JsonObject { ["keys"] = new JsonArray(ShieldPapers.SecretKey()) } };

        (await _app.Zone.PatchAsync($"{Config}/{id}", patch)).Bad().Pointers.ShouldBe(["/credentials"]);
        (await _app.Zone.PatchAsync($"{Config}/{id}", new JsonObject { ["id"] = ShieldPapers.UnknownId })).Bad().Pointers.ShouldBe(["/id"]);
        (await _app.Zone.PatchAsync($"{Config}/{id}", new JsonObject { ["title"] = new string('t', 51) })).Bad().Pointers.ShouldBe(["/title"]);

        (await _app.Zone.AllAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task One_that_rules_name_is_not_deleted_and_the_answer_names_them()
    {
        var id = await _app.Zone.ConfigureAsync();
        var rule = await _app.Zone.AddRuleAsync(ShieldPapers.Rule(id.ToUpperInvariant(), "Guards", enabled: false));

        var refused = (await _app.Zone.DeleteAsync($"{Config}/{id}")).Bad(HttpStatusCode.Conflict);

        refused.Text.ShouldContain(rule);
        refused.Text.ShouldContain("Guards");
        (await _app.Zone.DeleteAsync($"token_validation/rules/{rule}")).Good();
        (await _app.Zone.DeleteAsync($"{Config}/{id}")).Good();
    }

    [Fact]
    public async Task One_that_there_is_none_of_is_not_found()
    {
        (await _app.Zone.GetAsync($"{Config}/{ShieldPapers.UnknownId}")).Bad(HttpStatusCode.NotFound);
        (await _app.Zone.PatchAsync($"{Config}/{ShieldPapers.UnknownId}", new JsonObject())).Bad(HttpStatusCode.NotFound);
        (await _app.Zone.DeleteAsync($"{Config}/{ShieldPapers.UnknownId}")).Bad(HttpStatusCode.NotFound);
        (await _app.Zone.PutAsync($"{Config}/{ShieldPapers.UnknownId}/credentials", new JsonObject())).Bad(HttpStatusCode.NotFound);
        (await _app.Zone.PatchAsync($"{Config}/{ShieldPapers.UnknownId}/credentials", new JsonObject())).Bad(HttpStatusCode.NotFound);
    }
}
