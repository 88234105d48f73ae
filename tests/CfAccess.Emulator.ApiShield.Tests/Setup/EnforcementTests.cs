using System.Net;
using System.Text.Json.Nodes;
using CfAccess.ApiShield;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Emulator.ApiShield.Tests.Setup;

/// <summary>What the API holds is what the app's middleware enforces, from the answer on.</summary>
public sealed class EnforcementTests
{
    [Fact]
    public async Task Whatever_a_call_changes_is_enforced_by_the_next_request()
    {
        await using var app = await ShieldApp.StartAsync();
        var token = ShieldPapers.RsaToken(app.Clock);
        (await app.CallAsync(token)).ShouldBe(HttpStatusCode.Forbidden, "no operation names the host yet");

        var configuration = await app.Zone.ConfigureAsync();
        await app.Zone.AddOperationAsync();
        (await app.CallAsync()).ShouldBe(HttpStatusCode.OK, "no rule yet");

        var rule = await app.Zone.AddRuleAsync(ShieldPapers.Rule(configuration));
        (await app.CallAsync()).ShouldBe(HttpStatusCode.Forbidden);
        (await app.CallAsync(token)).ShouldBe(HttpStatusCode.OK);

        (await app.Zone.PatchAsync($"token_validation/rules/{rule}", new JsonObject { ["action"] = "log" })).Good();
        (await app.CallAsync()).ShouldBe(HttpStatusCode.OK);

        (await app.Zone.PatchAsync($"token_validation/rules/{rule}", new JsonObject { ["action"] = "block" })).Good();
        (await app.CallAsync()).ShouldBe(HttpStatusCode.Forbidden);

        var keys = new JsonObject { ["keys"] = new JsonArray(ShieldPapers.SecretKey()) };
        (await app.Zone.PutAsync($"token_validation/config/{configuration}/credentials", keys)).Good();
        (await app.CallAsync(token)).ShouldBe(HttpStatusCode.Forbidden, "its key is gone");
        (await app.CallAsync(ShieldPapers.SecretToken())).ShouldBe(HttpStatusCode.OK);

        (await app.Zone.PatchAsync($"token_validation/rules/{rule}", new JsonObject { ["enabled"] = false })).Good();
        (await app.CallAsync()).ShouldBe(HttpStatusCode.OK);

        (await app.Zone.DeleteAsync($"token_validation/rules/{rule}")).Good();
        (await app.CallAsync()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_order_of_rules_decides()
    {
        await using var app = await ShieldApp.StartAsync();
        var (configuration, first) = await app.ProtectAsync();
        var second = await app.Zone.AddRuleAsync(ShieldPapers.Rule(configuration, action: "log"));
        (await app.CallAsync()).ShouldBe(HttpStatusCode.Forbidden);

        (await app.Zone.PatchAsync($"token_validation/rules/{second}", Position("before", first))).Good();
        (await app.CallAsync()).ShouldBe(HttpStatusCode.OK);

        (await app.Zone.PatchAsync($"token_validation/rules/{second}", Position("after", first))).Good();
        (await app.CallAsync()).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_apps_own_options_stay_in_force()
    {
        await using var app = await ShieldApp.StartAsync(shield: options =>
        {
            options.HostAliases["localhost"] = ShieldPapers.Host;
            options.MaxTokenLength = 1024;
        });
        await app.ProtectAsync();

        (await app.CallAsync(ShieldPapers.RsaToken(app.Clock), "/ACCOUNTS/1/", "localhost")).ShouldBe(HttpStatusCode.OK);
        (await app.CallAsync(path: "/ACCOUNTS/1/", host: "localhost")).ShouldBe(HttpStatusCode.Forbidden, "Matching is still Origin");
        (await app.CallAsync(ShieldPapers.RsaToken(app.Clock) + new string('A', 1024))).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Tokens_end_by_the_apps_clock()
    {
        await using var app = await ShieldApp.StartAsync();
        await app.ProtectAsync();
        var token = ShieldPapers.RsaToken(app.Clock, seconds: 600);
        (await app.CallAsync(token)).ShouldBe(HttpStatusCode.OK);

        app.Clock.Advance(TimeSpan.FromSeconds(660));

        (await app.CallAsync(token)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Documents_that_are_configured_give_way()
    {
        await using var app = await ShieldApp.StartAsync(shield: options =>
        {
            options.Configurations = options.Rules = ApiShieldDocumentSource.FromJson("[]");
            options.Operations = ApiShieldDocumentSource.FromJson(new JsonArray(Saved("GET", "/accounts/{id}")).ToJsonString());
        });

        (await app.CallAsync()).ShouldBe(HttpStatusCode.Forbidden, "the emulator holds no operations");
    }

    [Fact]
    public async Task Without_the_option_there_is_no_API_and_documents_stay()
    {
        await using var app = await ShieldApp.StartAsync(shield => shield.Enabled = false, options =>
        {
            options.Configurations = options.Rules = ApiShieldDocumentSource.FromJson("[]");
            options.Operations = ApiShieldDocumentSource.FromJson(new JsonArray(Saved("GET", "/accounts/{id}"), Saved("GET", "/client/v4/{rest}")).ToJsonString());
        });

        (await app.CallAsync()).ShouldBe(HttpStatusCode.OK);
        (await app.CallAsync(path: "/client/v4/anything")).ShouldBe(HttpStatusCode.NotFound, "it reaches the app, which has no such endpoint");
    }

    [Fact]
    public async Task Apps_that_share_an_emulator_share_the_rules()
    {
        using var emulator = new AccessEmulator(new AccessEmulatorOptions().AddApiShield());
        await using var one = await StartAsync(emulator);
        await using var other = await StartAsync(emulator);
        var zone = new ShieldZone(one.Client, emulator.MintSecret);
        await zone.AddOperationAsync();
        var configuration = await zone.ConfigureAsync();

        await zone.AddRuleAsync(ShieldPapers.Rule(configuration));

        one.Services.GetRequiredService<ApiShieldRuleSetProvider>().Current.Rules.Count.ShouldBe(1);
        other.Services.GetRequiredService<ApiShieldRuleSetProvider>().Current.Rules.Count.ShouldBe(1);
    }

    [Fact]
    public async Task No_log_has_a_secret_a_token_or_a_kid()
    {
        await using var app = await ShieldApp.StartAsync();
        var configuration = await app.Zone.ConfigureAsync(ShieldPapers.SecretKey("kid-of-a-key"));
        await app.Zone.AddOperationAsync();
        await app.Zone.AddRuleAsync(ShieldPapers.Rule(configuration));
        var token = ShieldPapers.SecretToken("kid-of-a-key");
        (await app.CallAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await app.CallAsync(token[..^1])).ShouldBe(HttpStatusCode.Forbidden);

        app.App.Log.Named("DocumentsLoaded").ShouldNotBeEmpty();
        foreach (var secret in new[] { ShieldPapers.Secret, token[..^1], "kid-of-a-key", app.Emulator.MintSecret })
        {
            app.App.Log.Entries.ShouldNotContain(entry => entry.Message.Contains(secret));
        }
    }

    [Fact]
    public async Task An_app_that_has_ended_is_told_nothing_more_and_a_reload_reads_what_there_is()
    {
        using var emulator = new AccessEmulator(new AccessEmulatorOptions().AddApiShield());
        await using var one = await StartAsync(emulator);
        var zone = new ShieldZone(one.Client, emulator.MintSecret);
        var ended = await StartAsync(emulator);
        var provider = ended.Services.GetRequiredService<ApiShieldRuleSetProvider>();
        await ended.DisposeAsync();

        await zone.AddOperationAsync();

        provider.Current.Operations.ShouldBeEmpty();
        provider.Reload().ShouldBeEmpty();
        provider.Current.Operations.ShouldHaveSingleItem();
    }

    private static JsonObject Position(string way, string id) => new() { ["position"] = new JsonObject { [way] = id } };

    private static JsonObject Saved(string method, string endpoint)
    {
        var operation = ShieldPapers.Operation(method, endpoint);
        operation["operation_id"] = Guid.NewGuid().ToString();
        return operation;
    }

    private static Task<TestApp> StartAsync(AccessEmulator emulator) => TestApp.StartAsync(
        builder =>
        {
            builder.Services.AddApiShield();
            builder.AddCloudflareAccessEmulator(emulator);
        },
        app => app.UseApiShield(),
        environment: "Development");
}
