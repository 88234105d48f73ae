using System.Net;
using System.Text.Json.Nodes;

namespace CfAccess.Emulator.ApiShield.Tests.Evaluating;

/// <summary>A request that is described is judged as one that comes.</summary>
public sealed class EvaluateTests(SharedShieldApp shared) : IClassFixture<SharedShieldApp>, IAsyncLifetime
{
    private const string Evaluate = "token_validation/evaluate";
    private readonly ShieldApp _app = shared.Begin();
    private string _configuration = null!;
    private string _rule = null!;

    public async ValueTask InitializeAsync() => (_configuration, _rule) = await _app.ProtectAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_answer_has_operation_rule_verdict_and_the_reason_of_each_configuration()
    {
        var reply = (await AskAsync()).Good();

        reply.Json.ShouldHaveShape($$"""
            {
                "result": {
                    "verdict": "=block",
                    "outcome": "=blocked",
                    "operation": { "operation_id": "id", "method": "=GET", "host": "=api.example.com", "endpoint": "=/accounts/{var1}", "last_updated": "time" },
                    "rule": {
                        "id": "={{_rule}}", "title": "text", "description": "text", "action": "=block", "enabled": "flag", "expression": "text",
                        "selector": { "include": [ { "host": [ "text" ] } ], "exclude": [] }, "created_at": "time", "last_updated": "time", "modified_by": "text"
                    },
                    "reasons": [ { "configuration_id": "={{_configuration}}", "title": "=Accounts", "token": "=no_token" } ]
                },
                "success": "flag", "errors": [], "messages": []
            }
            """);
    }

    [Fact]
    public async Task Headers_are_an_object_or_pairs_and_a_token_in_them_is_verified()
    {
        var token = "Bearer " + ShieldPapers.RsaToken(_app.Clock);
        JsonNode[] headers =
        [
            new JsonObject { ["Authorization"] = token },
            new JsonObject { ["authorization"] = new JsonArray(token) },
            new JsonArray(new JsonArray("x", "y"), new JsonArray("AUTHORIZATION", token)),
        ];

        foreach (var one in headers)
        {
            Said(await AskAsync(body => body["headers"] = one)).ShouldBe("allow satisfied valid");
        }
    }

    [Fact]
    public async Task A_request_can_come_at_another_time()
    {
        var token = "Bearer " + ShieldPapers.RsaToken(_app.Clock, seconds: 600);
        async Task<string> AtAsync(int seconds) => Said(await AskAsync(body =>
        {
            body["headers"] = new JsonObject { ["authorization"] = token };
            body["time"] = _app.Clock.GetUtcNow().AddSeconds(seconds).ToString("O");
        }));

        (await AtAsync(659)).ShouldBe("allow satisfied valid");
        (await AtAsync(660)).ShouldBe("block blocked expired");
    }

    [Theory]
    [InlineData("GET", "https://api.example.com/accounts/1?x=1", "edge", "block blocked no_token")]
    [InlineData("GET", "http://API.example.com:8443/accounts/1", "edge", "block blocked no_token")]
    [InlineData("GET", "https://api.example.com/a%63counts/1", "edge", "block blocked no_token")]
    [InlineData("GET", "https://api.example.com/x/../accounts/1", "edge", "block blocked no_token")]
    [InlineData("GET", "https://api.example.com/accounts/1/", "edge", "allow unmatched no_token")]
    [InlineData("GET", "https://api.example.com/accounts/1/", "origin", "block blocked no_token")]
    [InlineData("get", "https://api.example.com/ACCOUNTS/1", "origin", "block blocked no_token")]
    [InlineData("GET", "https://api.example.com/accounts;%2Fx/1", "origin", "block blocked no_token")]
    [InlineData("POST", "https://api.example.com/accounts/1", "edge", "allow unmatched no_token")]
    [InlineData("GET", "https://other.example.com/accounts/1", "edge", "allow unmatched no_token")]
    public async Task It_finds_the_operation_as_the_edge_does_or_as_the_origin(string method, string url, string matching, string said) =>
        Said(await AskAsync(body => (body["method"], body["url"], body["matching"]) = (method, url, matching))).ShouldBe(said);

    [Theory]
    [InlineData("https://api.example.com/accounts/caf%C3%A9", "edge", "allow satisfied no_token")]
    [InlineData("https://api.example.com/accounts/caf\u00e9", "edge", "allow satisfied no_token")]
    [InlineData("https://api.example.com/accounts/caf%C3%A9", "origin", "block blocked no_token")]
    public async Task An_expression_sees_the_path_with_its_escapes_as_at_the_edge(string url, string matching, string said)
    {
        (await _app.Zone.PatchAsync(
            $"token_validation/rules/{_rule}", new JsonObject { ["expression"] = "http.request.uri.path eq \"/accounts/caf%C3%A9\"" })).Good();

        Said(await AskAsync(body => (body["url"], body["matching"]) = (url, matching))).ShouldBe(said);
    }

    [Fact]
    public async Task A_rule_that_logs_says_log()
    {
        (await _app.Zone.PatchAsync($"token_validation/rules/{_rule}", new JsonObject { ["action"] = "log" })).Good();

        Said(await AskAsync()).ShouldBe("log logged no_token");
    }

    [Theory]
    [InlineData("method", "null", "/method")]
    [InlineData("method", "\"GE T\"", "/method")]
    [InlineData("method", "\"\"", "/method")]
    [InlineData("url", "\"/accounts/1\"", "/url")]
    [InlineData("url", "\"ftp://api.example.com/x\"", "/url")]
    [InlineData("url", "\"https://\"", "/url")]
    [InlineData("url", "\"https://xn--/a\"", "/url")]
    [InlineData("url", "\"https://api.example.com/a%00\"", "/url")]
    [InlineData("url", "7", "/url")]
    [InlineData("headers", "7", "/headers")]
    [InlineData("headers", "[ \"a\", \"b\" ]", "/headers")]
    [InlineData("headers", "[ [ \"a\" ] ]", "/headers")]
    [InlineData("headers", "{ \"a/b\": \"x\" }", "/headers/a~1b")]
    [InlineData("headers", "{ \"a\": \"x\\r\\ny: z\" }", "/headers/a")]
    [InlineData("headers", "{ \"a\": [ \"x\", 7 ] }", "/headers/a/1")]
    [InlineData("headers", "{ \"Host\": \"x\" }", "/headers/Host")]
    [InlineData("time", "\"tomorrow\"", "/time")]
    [InlineData("time", "\"0001-01-01T00:00:00Z\"", "/time")]
    [InlineData("time", "\"9999-12-31T23:59:59Z\"", "/time")]
    [InlineData("matching", "\"both\"", "/matching")]
    public async Task What_describes_no_request_is_refused_by_its_pointer(string member, string value, string place) =>
        (await AskAsync(body => body[member] = JsonNode.Parse(value))).Bad().Pointers.ShouldBe([place]);

    [Fact]
    public async Task The_dashboard_shows_the_last_verdicts_of_the_app_and_of_questions_and_nothing_that_a_client_sent()
    {
        var token = ShieldPapers.RsaToken(_app.Clock);
        (await _app.CallAsync(token, "/accounts/secret-path")).ShouldBe(HttpStatusCode.OK);
        (await _app.CallAsync()).ShouldBe(HttpStatusCode.Forbidden);
        (await AskAsync(body => body["url"] = "https://api.example.com/accounts/secret-path")).Good();
        using var browser = _app.App.Browser();

        var page = await browser.OpenAsync("/cdn-cgi/access/emulator");

        var shown = page.QuerySelector("section[aria-labelledby=Last-verdicts]")!.TextContent;
        var words = string.Join(' ', shown.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        words.ShouldContain("allow GET api.example.com/accounts/{var1} satisfied, by the rule A valid token.");
        words.ShouldContain($"block GET api.example.com/accounts/{{var1}} blocked, by the rule A valid token. Tokens: {_configuration}: no_token.");
        words.ShouldContain("Asked by evaluate: blocked");
        shown.ShouldNotContain("secret-path");
        shown.ShouldNotContain(token);
        shown.ShouldNotContain("alice");
        var rules = page.QuerySelector("section[aria-labelledby=API-Shield]")!.TextContent;
        rules.ShouldContain("1. A valid token");
        rules.ShouldContain(_configuration);
        rules.ShouldContain("Operations that are saved: 1, of api.example.com.");
    }

    private Task<ShieldReply> AskAsync(Action<JsonObject>? change = null)
    {
        var body = new JsonObject { ["method"] = "GET", ["url"] = "https://api.example.com/accounts/1" };
        change?.Invoke(body);
        return _app.Zone.PostAsync(Evaluate, body);
    }

    private static string Said(ShieldReply reply) =>
        $"{reply.Good().Result["verdict"]} {reply.Result["outcome"]} {reply.Result["reasons"]![0]!["token"]}";
}
