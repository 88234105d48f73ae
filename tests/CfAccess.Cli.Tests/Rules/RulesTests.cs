using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CfAccess.Testing;

namespace CfAccess.Cli.Tests.Rules;

/// <summary>The documents of the sample, as they are and spoilt.</summary>
public sealed class RulesTests : IDisposable
{
    private const string Configuration = "4c0d8e13-354c-493d-af5b-bc887074aa09";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Documents_in_which_nothing_is_wrong_end_with_0()
    {
        var run = await CliRun.RunAsync("rules", "check", Settings());

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldStartWith("✓ Nothing is wrong");
    }

    [Fact]
    public async Task Every_warning_is_told_with_its_place()
    {
        var settings = Settings(rules: rules =>
        {
            rules[0]!["expression"] = $"is_jwt_valid(\"{Configuration}\") or not is_jwt_valid(\"{Configuration}\")";
            rules[1]!["expression"] = "http.request.headers[\"X-Role\"][0] eq \"a\"";
        });

        var run = await CliRun.RunAsync("rules", "check", settings, "--json");

        run.ExitCode.ShouldBe(1);
        run.Json.GetProperty("errors").GetInt32().ShouldBe(0);
        Findings(run).ShouldBe([("warning", "rules", "/0/expression"), ("warning", "rules", "/1/expression")]);
    }

    [Fact]
    public async Task Every_error_is_told_with_its_place()
    {
        var settings = Settings(rules: rules =>
        {
            rules[0]!["expression"] = "is_jwt_valid(";
            rules[1]!["action"] = "allow";
        });

        var run = await CliRun.RunAsync("rules", "check", settings);

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldStartWith("✗ Errors: 2, warnings: 0");
        run.Out.ShouldContain("rules /0/expression");
        run.Out.ShouldContain("rules /1/action");
    }

    [Theory]
    [InlineData("GET", "https://api.example.com/accounts", "blocked", 1, "/accounts", "A valid token for accounts")]
    [InlineData("GET", "https://api.example.com/ACCOUNTS/7?x=y", "blocked", 1, "/accounts/{var1}", "A valid token for accounts")]
    [InlineData("GET", "https://api.example.com/reports", "logged", 0, "/reports", "Who reads reports without a token?")]
    [InlineData("POST", "https://api.example.com/login", "uncovered", 0, "/login", null)]
    [InlineData("GET", "https://api.example.com/nothing", "unmatched", 0, null, null)]
    [InlineData("GET", "https://other.example.com/accounts", "blocked_unknown_host", 1, null, null)]
    public async Task A_request_is_told_its_operation_rule_and_outcome(
        string method, string url, string outcome, int exitCode, string? endpoint, string? rule)
    {
        var run = await CliRun.RunAsync("rules", "test", Settings(), "--method", method, "--url", url, "--json");

        run.ExitCode.ShouldBe(exitCode);
        run.Json.GetProperty("passes").GetBoolean().ShouldBe(exitCode == 0);
        run.Json.GetProperty("outcome").GetString().ShouldBe(outcome);
        Text(run, "operation", "endpoint").ShouldBe(endpoint);
        Text(run, "rule", "title").ShouldBe(rule);
    }

    [Theory]
    [InlineData("Edge", "satisfied")]
    [InlineData("Origin", "blocked")]
    public async Task An_expression_sees_the_path_with_its_escapes_if_matching_is_that_of_the_edge(string matching, string outcome)
    {
        var settings = Settings(rules: rules => rules[0]!["expression"] = "http.request.uri.path eq \"/accounts/caf%C3%A9\"");
        var changed = JsonNode.Parse(await File.ReadAllTextAsync(settings))!;
        changed["ApiShield"]!["Matching"] = matching;
        await File.WriteAllTextAsync(settings, changed.ToJsonString());

        var run = await CliRun.RunAsync("rules", "test", settings, "--url", "https://api.example.com/accounts/caf%C3%A9", "--json");

        run.Json.GetProperty("outcome").GetString().ShouldBe(outcome);
    }

    [Fact]
    public async Task A_url_with_a_null_character_is_wrong_use()
    {
        var run = await CliRun.RunAsync("rules", "test", Settings(), "--url", "https://api.example.com/a%00");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("--url");
    }

    [Fact]
    public async Task A_token_of_the_request_is_verified_and_never_shown()
    {
        var clock = new TestClock();
        var token = Token(clock.GetUtcNow().AddMinutes(5));
        string[] args = ["rules", "test", Settings(), "--url", "https://api.example.com/accounts", "--header", $"Authorization: Bearer {token}"];

        var good = await new CliRunSetup { Clock = clock }.RunAsync(args);
        clock.Advance(TimeSpan.FromHours(1));
        var late = await new CliRunSetup { Clock = clock }.RunAsync([.. args, "--json"]);

        good.ExitCode.ShouldBe(0);
        good.Out.ShouldStartWith("✓ Goes on: satisfied");
        good.Out.ShouldNotContain(token.Split('.')[2]);
        late.ExitCode.ShouldBe(1);
        late.Json.GetProperty("verdicts")[0].GetProperty("reason").GetString().ShouldBe("expired");
    }

    [Fact]
    public async Task Documents_with_errors_judge_nothing()
    {
        var run = await CliRun.RunAsync(
            "rules", "test", Settings(rules: rules => rules[0]!["expression"] = "maybe"), "--url", "https://api.example.com/accounts");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("Rules /0/expression");
    }

    private static List<(string?, string?, string?)> Findings(CliRun run) =>
    [
        .. run.Json.GetProperty("findings").EnumerateArray().Select(finding => (
            finding.GetProperty("severity").GetString(),
            finding.GetProperty("document").GetString(),
            finding.GetProperty("pointer").GetString())),
    ];

    private static string? Text(CliRun run, string member, string name) =>
        run.Json.GetProperty(member) is { ValueKind: System.Text.Json.JsonValueKind.Object } found ? found.GetProperty(name).GetString() : null;

    /// <summary>A token signed with the sample's own key.</summary>
    private static string Token(DateTimeOffset end)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Directory.EnumerateFiles(RepositoryFile.Find("samples/ApiShield"), "*.pem").Single()));
        return TokenMinter.Sign(
            """{"alg":"ES256","kid":"development"}""",
            $$"""{"sub":"a","exp":{{end.ToUnixTimeSeconds()}}}""",
            content => key.SignData(content, HashAlgorithmName.SHA256));
    }

    /// <summary>The sample's settings and documents in a folder of their own.</summary>
    private string Settings(Action<JsonArray>? rules = null)
    {
        var sample = RepositoryFile.Find("samples/ApiShield");
        foreach (var document in (string[])["token-configurations.json", "operations.json", "token-rules.json"])
        {
            _folder.Write(Path.Combine("api-shield", document), File.ReadAllText(Path.Combine(sample, "api-shield", document)));
        }

        if (rules is not null)
        {
            var document = JsonNode.Parse(File.ReadAllText(Path.Combine(sample, "api-shield", "token-rules.json")))!.AsArray();
            rules(document);
            _folder.Write("api-shield/token-rules.json", document.ToJsonString());
        }

        return _folder.Write("appsettings.json", File.ReadAllText(Path.Combine(sample, "appsettings.json")));
    }
}
