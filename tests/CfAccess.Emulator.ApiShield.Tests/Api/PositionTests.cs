using System.Text.Json.Nodes;

namespace CfAccess.Emulator.ApiShield.Tests.Api;

public sealed class PositionTests(SharedShieldApp shared) : IClassFixture<SharedShieldApp>, IAsyncLifetime
{
    private const string Rules = "token_validation/rules";
    private readonly Dictionary<string, string> _ids = [];
    private readonly ShieldApp _app = shared.Begin();

    public async ValueTask InitializeAsync()
    {
        var configuration = await _app.Zone.ConfigureAsync();
        foreach (var title in new[] { "a", "b", "c", "d" })
        {
            _ids[title] = await _app.Zone.AddRuleAsync(ShieldPapers.Rule(configuration, title));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("a", """{ "index": 1 }""", "abcd")]
    [InlineData("a", """{ "index": 2 }""", "bacd")]
    [InlineData("a", """{ "index": 4 }""", "bcda")]
    [InlineData("d", """{ "index": 1 }""", "dabc")]
    [InlineData("a", """{ "before": "c" }""", "bacd")]
    [InlineData("d", """{ "before": "a" }""", "dabc")]
    [InlineData("b", """{ "before": "c" }""", "abcd")]
    [InlineData("a", """{ "after": "c" }""", "bcad")]
    [InlineData("a", """{ "after": "d" }""", "bcda")]
    [InlineData("d", """{ "after": "a" }""", "adbc")]
    [InlineData("a", """{ "index": null, "after": "c" }""", "bcad")]
    [InlineData("a", """{ "after": null, "before": null, "index": 2 }""", "bacd")]
    [InlineData("a", "null", "abcd")]
    public async Task A_rule_moves_to_where_it_is_told(string rule, string position, string order)
    {
        (await MoveAsync(rule, position)).Good();

        string.Concat(await _app.Zone.RuleTitlesAsync()).ShouldBe(order);
    }

    [Theory]
    [InlineData("""{ "before": "a" }""", "/position/before")]
    [InlineData("""{ "after": "a" }""", "/position/after")]
    [InlineData("""{ "before": "51231d16-01f1-48e3-93f8-91c99e81288e" }""", "/position/before")]
    [InlineData("""{ "after": "" }""", "/position/after")]
    [InlineData("""{ "after": null }""", "/position")]
    [InlineData("""{ "index": 0 }""", "/position/index")]
    [InlineData("""{ "index": 5 }""", "/position/index")]
    [InlineData("""{ "index": -1 }""", "/position/index")]
    [InlineData("""{ "index": 1.5 }""", "/position/index")]
    [InlineData("""{ "index": 99999999999 }""", "/position/index")]
    [InlineData("""{ "index": "1" }""", "/position/index")]
    [InlineData("""{ "index": 1, "before": "b" }""", "/position")]
    [InlineData("""{ "before": "b", "after": "c" }""", "/position")]
    [InlineData("""{ "index": 2, "index": 3 }""", "/position/index")]
    [InlineData("{}", "/position")]
    [InlineData("1", "/position")]
    public async Task Where_it_cannot_move_it_stays(string position, string place)
    {
        (await MoveAsync("a", position)).Bad().Pointers.ShouldContain(place);
        (await _app.Zone.SendAsync("PATCH", Rules + "/bulk", $$"""[ { "id": "{{_ids["a"]}}", "position": {{WithIds(position)}} } ]"""))
            .Bad().Pointers.ShouldContain("/0" + place);

        string.Concat(await _app.Zone.RuleTitlesAsync()).ShouldBe("abcd");
    }

    [Fact]
    public async Task Of_several_each_moves_in_the_order_that_the_one_before_it_left()
    {
        (await _app.Zone.SendAsync("PATCH", Rules + "/bulk", $$"""
            [
                { "id": "{{_ids["d"]}}", "position": { "index": 1 }, "title": "D" },
                { "id": "{{_ids["a"]}}", "position": { "after": "{{_ids["c"]}}" } },
                { "id": "{{_ids["b"]}}", "position": { "before": "{{_ids["d"]}}" } }
            ]
            """)).Good();

        string.Concat(await _app.Zone.RuleTitlesAsync()).ShouldBe("bDca");
    }

    [Theory]
    [InlineData("null", "abcde")]
    [InlineData("""{ "index": 1 }""", "eabcd")]
    [InlineData("""{ "index": 5 }""", "abcde")]
    [InlineData("""{ "before": "c", "index": null }""", "abecd")]
    [InlineData("""{ "after": "a" }""", "aebcd")]
    public async Task A_new_rule_is_the_last_unless_it_has_a_position(string position, string order)
    {
        var reply = (await _app.Zone.SendAsync("POST", Rules, await NewAsync(position))).Good();

        reply.Messages.ShouldNotContain(message => message.Contains("position", StringComparison.Ordinal));
        string.Concat(await _app.Zone.RuleTitlesAsync()).ShouldBe(order);
    }

    [Fact]
    public async Task Several_new_rules_are_placed_in_the_order_of_the_body_and_come_back_in_that_order()
    {
        var body = $"[ {await NewAsync("""{ "index": 1 }""", "e")}, {await NewAsync("null", "f")}, {await NewAsync("""{ "index": 1 }""", "g")} ]";

        var reply = (await _app.Zone.SendAsync("POST", Rules + "/bulk", body)).Good();

        string.Concat(reply.Result.AsArray().Select(rule => rule!["title"])).ShouldBe("efg");
        string.Concat(await _app.Zone.RuleTitlesAsync()).ShouldBe("geabcdf");
    }

    [Theory]
    [InlineData("""{ "index": 6 }""", "/position/index")]
    [InlineData("""{ "after": "51231d16-01f1-48e3-93f8-91c99e81288e" }""", "/position/after")]
    [InlineData("""{ "index": 1, "before": "b" }""", "/position")]
    [InlineData("{}", "/position")]
    [InlineData("1", "/position")]
    public async Task A_new_rule_with_a_wrong_position_is_not_created(string position, string place)
    {
        (await _app.Zone.SendAsync("POST", Rules, await NewAsync(position))).Bad().Pointers.ShouldBe([place]);
        (await _app.Zone.SendAsync("POST", Rules + "/bulk", $"[ {await NewAsync(position)} ]")).Bad().Pointers.ShouldBe(["/0" + place]);

        string.Concat(await _app.Zone.RuleTitlesAsync()).ShouldBe("abcd");
    }

    private async Task<string> NewAsync(string position, string title = "e")
    {
        var rule = ShieldPapers.Rule((await _app.Zone.GetAsync("token_validation/config")).Result[0]!["id"]!.GetValue<string>(), title);
        rule["position"] = JsonNode.Parse(WithIds(position));
        return rule.ToJsonString();
    }

    private Task<ShieldReply> MoveAsync(string rule, string position) =>
        _app.Zone.SendAsync("PATCH", $"{Rules}/{_ids[rule]}", $$"""{ "position": {{WithIds(position)}} }""");

    private string WithIds(string position) => _ids.Aggregate(position, (text, id) => text.Replace($"\"{id.Key}\"", $"\"{id.Value}\"", StringComparison.Ordinal));
}
