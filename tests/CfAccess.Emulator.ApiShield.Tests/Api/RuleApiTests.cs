using System.Net;
using System.Text.Json.Nodes;

namespace CfAccess.Emulator.ApiShield.Tests.Api;

public sealed class RuleApiTests(SharedShieldApp shared) : IClassFixture<SharedShieldApp>, IAsyncLifetime
{
    private const string Rules = "token_validation/rules";
    private readonly ShieldApp _app = shared.Begin();
    private string _configuration = null!;

    public async ValueTask InitializeAsync()
    {
        _configuration = await _app.Zone.ConfigureAsync();
        await _app.Zone.AddOperationAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("token_validation/rules/bulk")]
    [InlineData("api_gateway/token_validation/rules/bulk")]
    [InlineData("api_gateway/token_validation/rules")]
    public async Task Lists_are_made_and_changed_in_the_order_of_the_body(string path)
    {
        var made = (await _app.Zone.PostAsync(path, new JsonArray(Rule("one"), Rule("two")))).Good();
        var ids = made.Result.AsArray().Select(rule => rule!["id"]!.GetValue<string>()).ToList();

        var changed = (await _app.Zone.PatchAsync(path, new JsonArray(
            new JsonObject { ["id"] = ids[1], ["title"] = "second" }, new JsonObject { ["id"] = ids[0], ["action"] = "log" }))).Good();

        changed.Result.AsArray().Select(rule => rule!["id"]!.GetValue<string>()).ShouldBe([ids[1], ids[0]]);
        (await _app.Zone.RuleTitlesAsync()).ShouldBe(["one", "second"]);
    }

    [Fact]
    public async Task One_is_made_read_changed_and_deleted()
    {
        var made = (await _app.Zone.PostAsync(Rules, Rule("one"))).Good();
        (await _app.Zone.GetAsync($"{Rules}/{made.Id}")).Good().Result.ToJsonString().ShouldBe(made.Result.ToJsonString());
        _app.Clock.Advance(TimeSpan.FromSeconds(1));

        var changed = (await _app.Zone.PatchAsync($"{Rules}/{made.Id}", new JsonObject { ["enabled"] = false })).Good();

        made.Result["enabled"] = false;
        made.Result["last_updated"] = "2026-03-01T12:00:01.000000Z";
        changed.Result.ToJsonString().ShouldBe(made.Result.ToJsonString(), "all else stays");
        (await _app.Zone.DeleteAsync($"{Rules}/{made.Id}")).Good().Id.ShouldBe(made.Id);
        (await _app.Zone.GetAsync($"{Rules}/{made.Id}")).Bad(HttpStatusCode.NotFound);
        (await _app.Zone.PatchAsync($"{Rules}/{made.Id}", new JsonObject())).Bad(HttpStatusCode.NotFound);
        (await _app.Zone.DeleteAsync($"{Rules}/{made.Id}")).Bad(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Of_several_nothing_is_done_unless_all_can_be_and_all_errors_are_told()
    {
        var id = await _app.Zone.AddRuleAsync(Rule("one"));
        var before = await _app.Zone.AllAsync();
        var (tooLong, unknown) = (Rule(new string('t', 51)), Rule("x"));
        unknown["expression"] = $"is_jwt_valid(\"{ShieldPapers.UnknownId}\")";

        (await _app.Zone.PostAsync(Rules + "/bulk", new JsonArray(Rule("good"), tooLong, unknown))).Bad().Pointers.ShouldBe(["/1/title", "/2/expression"]);
        (await _app.Zone.PatchAsync(Rules + "/bulk", new JsonArray(
            new JsonObject { ["id"] = id, ["title"] = "good" },
            new JsonObject { ["id"] = id, ["title"] = "again" },
            new JsonObject { ["id"] = ShieldPapers.UnknownId },
            new JsonObject { ["id"] = "x" },
            new JsonObject(),
            7))).Bad().Pointers.ShouldBe(["/1/id", "/2/id", "/3/id", "/4/id", "/5"], ignoreOrder: true);

        (await _app.Zone.AllAsync()).ShouldBe(before);
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "title", $"\"{new string('t', 51)}\"", "/title" },
        { "description", $"\"{new string('d', 501)}\"", "/description" },
        { "action", "\"allow\"", "/action" },
        { "action", "7", "/action" },
        { "enabled", "\"true\"", "/enabled" },
        { "expression", "\"is_jwt_valid(\"", "/expression" },
        { "expression", $"\"is_jwt_valid(\\\"{ShieldPapers.UnknownId}\\\")\"", "/expression" },
        { "expression", $"\"{new string('(', 129)}http.host eq \\\"x\\\"{new string(')', 129)}\"", "/expression" },
        { "selector", """{ "include": [] }""", "/selector" },
        { "selector", "[]", "/selector" },
        { "selector", """{ "include": [ { "host": [ "https://x" ] } ] }""", "/selector/include/0/host/0" },
        { "selector", """{ "include": [ { "host": [ "x.example.com" ] } ], "exclude": [ { "operation_ids": [ "login" ] } ] }""", "/selector/exclude/0/operation_ids/0" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_told_by_its_pointer_and_nothing_is_changed(string member, string value, string place)
    {
        var id = await _app.Zone.AddRuleAsync(Rule("one"));
        var before = await _app.Zone.AllAsync();
        var rule = Rule("two");
        rule[member] = JsonNode.Parse(value);

        (await _app.Zone.PostAsync(Rules, rule)).Bad().Pointers.ShouldContain(place);
        (await _app.Zone.PostAsync(Rules + "/bulk", new JsonArray(Rule("good"), rule.DeepClone()))).Bad().Pointers.ShouldContain("/1" + place);
        (await _app.Zone.PatchAsync($"{Rules}/{id}", new JsonObject { [member] = JsonNode.Parse(value) })).Bad().Pointers.ShouldContain(place);
        (await _app.Zone.PatchAsync(Rules + "/bulk", new JsonArray(new JsonObject { ["id"] = id, [member] = JsonNode.Parse(value) })))
            .Bad().Pointers.ShouldContain("/0" + place);

        (await _app.Zone.AllAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task An_error_in_what_a_patch_leaves_as_it_was_is_told_of_the_whole()
    {
        var empty = Rule("one");
        (empty["enabled"], empty["selector"]) = (false, new JsonObject());
        var id = await _app.Zone.AddRuleAsync(empty);

        var refused = (await _app.Zone.PatchAsync($"{Rules}/{id}", new JsonObject { ["enabled"] = true })).Bad();

        refused.Pointers.ShouldBe([""]);
        refused.Text.ShouldContain("/selector of the rule includes no host");
    }

    [Fact]
    public async Task Where_one_is_taken_a_list_is_refused_and_the_other_way_round()
    {
        (await _app.Zone.PostAsync(Rules, new JsonArray(Rule("one")))).Bad().Pointers.ShouldBe([""]);
        (await _app.Zone.PostAsync(Rules + "/bulk", Rule("one"))).Bad().Pointers.ShouldBe([""]);
        (await _app.Zone.PostAsync(Rules + "/bulk", new JsonArray())).Bad().Pointers.ShouldBe([""]);
        (await _app.Zone.PostAsync("api_gateway/" + Rules, Rule("one"))).Bad().Pointers.ShouldBe([""]);
        (await _app.Zone.RuleTitlesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_nobody_can_have_meant_is_a_message()
    {
        var rule = Rule("one");
        rule["expression"] = $"is_jwt_valid(\"{_configuration}\") or not is_jwt_valid(\"{_configuration}\")";
        rule["surprise"] = 1;
        var first = (await _app.Zone.PostAsync(Rules, rule)).Good();
        first.Messages.ShouldContain(message => message.Contains("/expression is true of every request"));
        first.Messages.ShouldContain(message => message.Contains("/surprise is not known here"));

        (await _app.Zone.PostAsync(Rules, Rule("shadowed"))).Good().Messages.ShouldContain(message => message.Contains("so the rule never acts"));
        (await _app.Zone.PostAsync(Rules, ShieldPapers.Rule(_configuration, host: "nobody.example.com"))).Good()
            .Messages.ShouldContain(message => message.Contains("nobody.example.com"));
    }

    private JsonObject Rule(string title) => ShieldPapers.Rule(_configuration, title);
}
