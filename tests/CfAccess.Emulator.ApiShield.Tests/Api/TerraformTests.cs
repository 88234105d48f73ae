using System.Net;
using System.Text.Json.Nodes;

namespace CfAccess.Emulator.ApiShield.Tests.Api;

/// <summary>Request bodies as Cloudflare's Terraform provider sends them: JSON merge patches (RFC 7386), and members that the SDKs lack.</summary>
public sealed class TerraformTests(SharedShieldApp shared) : IClassFixture<SharedShieldApp>, IAsyncLifetime
{
    private const string Rules = "token_validation/rules";
    private readonly ShieldApp _app = shared.Begin();
    private string _configuration = null!;
    private string _login = null!;

    public async ValueTask InitializeAsync()
    {
        _configuration = await _app.Zone.ConfigureAsync();
        _login = await _app.Zone.AddOperationAsync(endpoint: "/login");
        await _app.Zone.AddOperationAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_patch_of_the_included_hosts_keeps_the_excluded_login(bool isBulk)
    {
        var rule = await AddAsync();
        (await VerdictAsync("/login")).ShouldBe("allow");

        var patched = (await PatchAsync(
            rule, """{ "selector": { "include": [ { "host": [ "api.example.com", "v3.example.com" ] } ] } }""", isBulk)).Good();

        Selector(patched, isBulk).ShouldBe(
            $$"""{"include":[{"host":["api.example.com","v3.example.com"]}],"exclude":[{"operation_ids":["{{_login}}"]}]}""");
        (await VerdictAsync("/login")).ShouldBe("allow");
        (await VerdictAsync("/accounts/1")).ShouldBe("block");
    }

    [Fact]
    public async Task A_patch_of_the_excluded_operations_keeps_the_included_hosts()
    {
        var rule = await AddAsync();

        var patched = (await PatchAsync(rule, """{ "selector": { "exclude": null } }""")).Good();

        Selector(patched).ShouldBe("""{"include":[{"host":["api.example.com"]}],"exclude":[]}""");
        (await VerdictAsync("/login")).ShouldBe("block");
    }

    [Theory]
    [InlineData("""{ "selector": {} }""")]
    [InlineData("""{ "position": null }""")]
    [InlineData("{}")]
    public async Task A_patch_that_names_nothing_changes_nothing_but_the_time(string patch)
    {
        var rule = await AddAsync();
        var before = await _app.Zone.AllAsync();

        (await PatchAsync(rule, patch)).Good();

        (await _app.Zone.AllAsync()).ShouldBe(before, "the clock of the test stands still");
    }

    [Theory]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("""{ "include": null }""")]
    [InlineData("""{ "include": [] }""")]
    [InlineData("""{ "include": [ { "host": [ "a.example.com" ] } ], "include": [] }""")]
    public async Task A_patch_that_leaves_an_enabled_rule_without_hosts_is_rejected(string selector)
    {
        var rule = await AddAsync();
        var before = await _app.Zone.AllAsync();

        (await PatchAsync(rule, $$"""{ "selector": {{selector}} }""")).Bad();

        (await _app.Zone.AllAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData("include")]
    [InlineData("exclude")]
    public async Task A_new_rule_may_have_null_in_its_selector(string member)
    {
        var rule = Rule();
        rule["enabled"] = false;
        rule["selector"]![member] = null;

        (await _app.Zone.PostAsync(Rules, rule)).Good().Result["selector"]![member]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("LOG", "log")]
    [InlineData("Block", "block")]
    public async Task An_action_has_any_case_in_a_request_and_lower_case_in_the_response(string sent, string stored)
    {
        var rule = Rule();
        rule["action"] = sent;
        var made = (await _app.Zone.PostAsync(Rules, rule)).Good();
        made.Result["action"]!.GetValue<string>().ShouldBe(stored);

        (await PatchAsync(made.Id, $$"""{ "action": "{{sent}}" }""")).Good().Result["action"]!.GetValue<string>().ShouldBe(stored);
    }

    [Fact]
    public async Task An_expression_may_be_in_parentheses()
    {
        var rule = Rule();
        rule["expression"] = $"(is_jwt_valid(\"{_configuration}\"))";

        (await _app.Zone.PostAsync(Rules, rule)).Good();

        (await VerdictAsync("/accounts/1")).ShouldBe("block");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_enabled_rule_without_a_host_is_an_error_that_says_what_to_write_instead(bool isPatch)
    {
        var rule = Rule();
        rule["selector"] = new JsonObject();
        rule["enabled"] = !isPatch;
        var reply = await _app.Zone.PostAsync(Rules, rule);

        var error = isPatch ? await PatchAsync(reply.Good().Id, """{ "enabled": true }""") : reply;

        var message = error.Bad().Errors.ShouldHaveSingleItem()["message"]!.GetValue<string>();
        message.ShouldContain("""{ "include": [ { "host": [ "api.example.com" ] } ] }""");
        message.ShouldContain("\"enabled\": false");
        message.ShouldNotContain("AllowEmptySelectors", Case.Sensitive, "the emulator has no such setting");
    }

    [Fact]
    public async Task The_error_for_a_configuration_in_use_says_how_Terraform_replaces_it()
    {
        await AddAsync();

        var message = (await _app.Zone.DeleteAsync($"token_validation/config/{_configuration}")).Bad(HttpStatusCode.Conflict)
            .Errors.ShouldHaveSingleItem()["message"]!.GetValue<string>();

        message.ShouldContain("Terraform");
        message.ShouldContain("create_before_destroy = true");
    }

    [Fact]
    public async Task A_null_secret_of_a_key_is_rejected_and_the_stored_secret_stays()
    {
        var id = await _app.Zone.ConfigureAsync(ShieldPapers.SecretKey());
        var body = $$"""{ "keys": [ { "kty": "oct", "alg": "HS256", "kid": "shared", "k": null } ] }""";
        await _app.Zone.AddRuleAsync(ShieldPapers.Rule(id));

        (await _app.Zone.SendAsync("PATCH", $"token_validation/config/{id}/credentials", body)).Bad().Pointers.ShouldBe(["/keys"]);
        (await _app.Zone.SendAsync("PUT", $"token_validation/config/{id}/credentials", body)).Bad().Pointers.ShouldBe(["/keys"]);

        (await _app.CallAsync(ShieldPapers.SecretToken())).ShouldBe(HttpStatusCode.OK);
    }

    private JsonObject Rule() => ShieldPapers.Rule(_configuration);

    /// <summary>A rule that excludes the login.</summary>
    private async Task<string> AddAsync()
    {
        var rule = Rule();
        rule["selector"]!["exclude"] = new JsonArray(new JsonObject { ["operation_ids"] = new JsonArray(_login) });
        return await _app.Zone.AddRuleAsync(rule);
    }

    private Task<ShieldReply> PatchAsync(string rule, string patch, bool isBulk = false)
    {
        if (!isBulk)
        {
            return _app.Zone.SendAsync("PATCH", $"{Rules}/{rule}", patch);
        }

        var item = JsonNode.Parse(patch)!.AsObject();
        item["id"] = rule;
        return _app.Zone.PatchAsync(Rules + "/bulk", new JsonArray(item));
    }

    private static string Selector(ShieldReply reply, bool isBulk = false) => (isBulk ? reply.Result[0]! : reply.Result)["selector"]!.ToJsonString();

    private async Task<string> VerdictAsync(string path) => (await _app.Zone.PostAsync(
        "token_validation/evaluate",
        new JsonObject { ["method"] = "GET", ["url"] = $"https://{ShieldPapers.Host}{path}" })).Good().Result["verdict"]!.GetValue<string>();
}
