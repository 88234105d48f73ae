using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CfAccess.Emulator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace CfAccess.Documentation.Tests.Snippets;

/// <summary>What the pages about the emulator and about tests show in pieces.</summary>
internal static class EmulatorPage
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddCloudflareAccess();
        builder.AddCloudflareAccessEmulator();     // in Development only; before or after, no matter
    }

    public static void AddAdmin(WebApplicationBuilder builder)
    {
        builder.Services.AddCloudflareAccess(options => options.GroupsClaim = "groups");
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("admin", policy => policy.RequireAccessGroup("platform"));
    }

    public static void MapAdmin(WebApplication app)
    {
        app.MapGet("/admin", (ClaimsPrincipal user) => $"Hello {user.Identity?.Name}").RequireAuthorization("admin");
    }

    public static void TrustOneOnItsOwn(WebApplicationBuilder builder)
    {
        builder.Services.AddCloudflareAccess(options =>
        {
            options.TeamDomain = AccessEmulatorDefaults.HostAddress;     // http://localhost:5090
            options.AllowCustomTeamDomain = true;
            options.Audiences = [AccessEmulatorDefaults.Audience];
        });
    }

    public static string Mint(AccessEmulator emulator)
    {
        var token = emulator.MintPersonToken("alice@example.com", token =>
        {
            token.Payload["aud"] = "another-application";
            token.Header["crit"] = new JsonArray("exp");
            token.SigningKey = AccessEmulatorSigningKey.Previous;
        });
        return token;
    }

    public static void Disturb(AccessEmulator emulator)
    {
        emulator.RotateKey();                               // the next token has a new key; the application fetches it
        emulator.WithdrawKey(emulator.CurrentKeyId);        // rotates first; then no published key verifies the tokens before
        emulator.KeysEndpointFails = true;                  // an outage: keys that the application has still serve
        emulator.Revoke(emulator.LogIn("bob@example.com").Token);   // the edge takes that token no more
    }

    public static async Task<(HttpStatusCode Before, HttpStatusCode After)> WithdrawAsync(WebApplicationFactory<Program> factory)
    {
        using var emulator = new AccessEmulator();
        using var app = factory.WithWebHostBuilder(host => host.UseCloudflareAccessEmulator(emulator));
        using var alice = app.CreateClient().AsAccessUser(emulator, "alice@example.com");
        using var bob = app.CreateClient();

        var before = (await alice.GetAsync("/me")).StatusCode;                                   // 200
        emulator.WithdrawKey(emulator.CurrentKeyId);
        await bob.AsAccessUser(emulator, "bob@example.com").GetAsync("/me");                     // a token of the new key
        var after = (await alice.GetAsync("/me")).StatusCode;                                    // 401
        return (before, after);
    }

    public static void Wait()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var emulator = new AccessEmulator(new() { SessionDuration = TimeSpan.FromHours(1) }, clock);
        clock.Advance(TimeSpan.FromHours(2));               // every login before this is over
    }
}
