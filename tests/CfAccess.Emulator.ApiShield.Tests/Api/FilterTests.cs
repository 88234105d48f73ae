using System.Text.Json.Nodes;

namespace CfAccess.Emulator.ApiShield.Tests.Api;

/// <summary>The filters of the list calls in Cloudflare's SDKs.</summary>
public sealed class FilterTests(SharedShieldApp shared) : IClassFixture<SharedShieldApp>, IAsyncLifetime
{
    private const string Rules = "token_validation/rules";
    private const string Operations = "api_gateway/operations";
    private readonly Dictionary<string, string> _ids = [];
    private readonly ShieldApp _app = shared.Begin();

    public async ValueTask InitializeAsync()
    {
        foreach (var title in new[] { "Users", "Partners" })
        {
            var configuration = ShieldPapers.Configuration();
            configuration["title"] = title;
            _ids[title] = (await _app.Zone.PostAsync("token_validation/config", configuration)).Good().Id;
        }

        _ids["a"] = await _app.Zone.AddRuleAsync(ShieldPapers.Rule(_ids["Users"], "a", host: "one.example.com"));
        _ids["b"] = await _app.Zone.AddRuleAsync(ShieldPapers.Rule(_ids["Partners"], "b", action: "log", host: "two.example.com"));
        var both = ShieldPapers.Rule(_ids["Users"], "c", host: "two.example.com", enabled: false);
        both["expression"] = $"is_jwt_valid(\"{_ids["Users"]}\") and is_jwt_present(\"{_ids["Partners"]}\")";
        _ids["c"] = await _app.Zone.AddRuleAsync(both);

        _ids["get"] = await _app.Zone.AddOperationAsync("GET", "/accounts/{id}", "one.example.com");
        _ids["post"] = await _app.Zone.AddOperationAsync("POST", "/accounts", "two.example.com");
        _ids["put"] = await _app.Zone.AddOperationAsync("PUT", "/users/{id}", "one.example.com");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("id=<b>", "b")]
    [InlineData("rule_id=<b>", "b")]
    [InlineData("id=<a>&rule_id=<b>", "ab")]
    [InlineData("id=<a>,<c>", "ac")]
    [InlineData("id=51231d16-01f1-48e3-93f8-91c99e81288e", "")]
    [InlineData("action=log", "b")]
    [InlineData("action=block", "ac")]
    [InlineData("action=BLOCK", "ac")]
    [InlineData("action=log&action=block", "abc")]
    [InlineData("enabled=true", "ab")]
    [InlineData("enabled=false", "c")]
    [InlineData("host=two.example.com", "bc")]
    [InlineData("hostname=TWO.example.com", "bc")]
    [InlineData("host=one.example.com&hostname=two.example.com", "abc")]
    [InlineData("host=other.example.com", "")]
    [InlineData("token_configuration=<Users>", "ac")]
    [InlineData("token_configuration=<Partners>", "bc")]
    [InlineData("token_configuration=<Users>&token_configuration=<Partners>", "abc")]
    [InlineData("token_configuration=<Users>,<Partners>", "abc")]
    [InlineData("host=two.example.com&enabled=true&action=log", "b")]
    public async Task A_list_of_rules_has_the_rules_that_match_every_filter(string query, string titles)
    {
        foreach (var path in new[] { Rules, "api_gateway/" + Rules })
        {
            var reply = (await _app.Zone.GetAsync($"{path}?{WithIds(query)}")).Good();

            string.Concat(reply.Result.AsArray().Select(rule => rule!["title"])).ShouldBe(titles);
            reply.Json["result_info"]!["total_count"]!.GetValue<int>().ShouldBe(titles.Length, "the pages count only the rules that match");
        }
    }

    [Theory]
    [InlineData("host=one.example.com", "get put")]
    [InlineData("host=one.example.com&host=two.example.com", "get post put")]
    [InlineData("host=ONE.example.com,two.example.com", "get post put")]
    [InlineData("method=GET&method=post", "get post")]
    [InlineData("method=GET,PUT", "get put")]
    [InlineData("endpoint=/accounts", "get post")]
    [InlineData("endpoint=counts/{var1", "get")]
    [InlineData("endpoint=nothing", "")]
    [InlineData("endpoint=/accounts&host=two.example.com", "post")]
    [InlineData("order=host", "get put post")]
    [InlineData("order=host&direction=asc", "get put post")]
    [InlineData("order=host&direction=desc", "post get put")]
    [InlineData("order=method", "get post put")]
    [InlineData("order=method&direction=desc", "put post get")]
    [InlineData("order=endpoint", "post get put")]
    [InlineData("direction=desc", "put post get")]
    public async Task A_list_of_operations_has_the_operations_that_match_every_filter_in_the_given_order(string query, string operations)
    {
        var reply = (await _app.Zone.GetAsync($"{Operations}?{query}")).Good();

        Names(reply.Result).ShouldBe(operations);
        reply.Json["result_info"]!["total_count"]!.GetValue<int>()
            .ShouldBe(reply.Result.AsArray().Count, "the pages count only the operations that match");
    }

    [Fact]
    public async Task A_feature_of_operations_is_reported_as_missing_from_the_emulator()
    {
        var reply = (await _app.Zone.GetAsync(Operations + "?feature=thresholds&feature=schema_info")).Good();

        Names(reply.Result).ShouldBe("get post put");
        reply.Messages.ShouldHaveSingleItem().ShouldContain("feature");
        (await _app.Zone.GetAsync($"{Operations}/{_ids["get"]}?feature=thresholds")).Bad().Text.ShouldContain("feature");
    }

    [Theory]
    [InlineData("state=included", "get")]
    [InlineData("state=excluded", "put")]
    [InlineData("state=ignored&state=excluded", "post put")]
    [InlineData("state=ignored,included", "get post")]
    [InlineData("host=one.example.com", "get put")]
    [InlineData("hostname=two.example.com", "post")]
    [InlineData("method=PUT&state=excluded", "put")]
    [InlineData("endpoint=accounts", "get post")]
    public async Task A_preview_has_the_operations_that_match_every_filter_and_counts_all(string query, string operations)
    {
        foreach (var method in new[] { "POST", "PUT" })
        {
            var reply = (await _app.Zone.SendAsync(method, $"{Rules}/preview?{query}", $$"""
                { "include": [ { "host": [ "one.example.com" ] } ], "exclude": [ { "operation_ids": [ "{{_ids["put"]}}" ] } ] }
                """)).Good();

            Names(reply.Result["operations"]!).ShouldBe(operations);
            reply.Json["result_info"]!["total_count"]!.GetValue<int>().ShouldBe(reply.Result["operations"]!.AsArray().Count);
            reply.Result["total"]!.GetValue<int>().ShouldBe(3, "the numbers describe the selector, not the filter");
        }
    }

    [Theory]
    [InlineData(Rules, "id=x")]
    [InlineData(Rules, "id=")]
    [InlineData(Rules, "id=51231d16-01f1-48e3-93f8-91c99e81288e,")]
    [InlineData(Rules, "action=allow")]
    [InlineData(Rules, "enabled=yes")]
    [InlineData(Rules, "host=https://one.example.com")]
    [InlineData(Rules, "host=")]
    [InlineData(Rules, "token_configuration=Users")]
    [InlineData(Rules, "title=a")]
    [InlineData(Rules, "method=GET")]
    [InlineData(Rules, "Action=log")]
    [InlineData(Operations, "method=BREW")]
    [InlineData(Operations, "endpoint=")]
    [InlineData(Operations, "feature=everything")]
    [InlineData(Operations, "order=thresholds.suggested_threshold")]
    [InlineData(Operations, "order=host&order=method")]
    [InlineData(Operations, "direction=up")]
    [InlineData(Operations, "state=included")]
    [InlineData("token_validation/config", "id=51231d16-01f1-48e3-93f8-91c99e81288e")]
    public async Task A_filter_that_cannot_take_effect_is_an_error_that_names_the_parameter(string path, string query) =>
        (await _app.Zone.GetAsync($"{path}?{query}")).Bad().Text.ShouldContain(query[..query.IndexOf('=', StringComparison.Ordinal)]);

    [Theory]
    [InlineData("state=all")]
    [InlineData("order=host")]
    [InlineData("enabled=true")]
    public async Task A_preview_rejects_a_filter_that_cannot_take_effect(string query) =>
        (await _app.Zone.SendAsync("POST", $"{Rules}/preview?{query}", "{}")).Bad();

    [Fact]
    public async Task A_call_that_takes_no_query_rejects_one_and_changes_nothing()
    {
        var before = await _app.Zone.AllAsync();

        (await _app.Zone.DeleteAsync($"{Rules}/{_ids["a"]}?dry_run=true")).Bad();
        (await _app.Zone.GetAsync($"{Rules}/{_ids["a"]}?page=1")).Bad();
        (await _app.Zone.PatchAsync($"{Rules}/{_ids["a"]}?validate_only=true", new JsonObject { ["title"] = "new" })).Bad();

        (await _app.Zone.AllAsync()).ShouldBe(before);
    }

    private string Names(JsonNode operations) =>
        string.Join(' ', operations.AsArray().Select(one => _ids.Single(id => id.Value == one!["operation_id"]!.GetValue<string>()).Key));

    private string WithIds(string query) => _ids.Aggregate(query, (text, id) => text.Replace($"<{id.Key}>", id.Value, StringComparison.Ordinal));
}
