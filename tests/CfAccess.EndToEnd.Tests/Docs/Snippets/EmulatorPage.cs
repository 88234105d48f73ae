using System.Text.Json.Nodes;
using CfAccess.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// The real one is in Microsoft.Extensions.TimeProvider.Testing, which this repository has no need of.
using FakeTimeProvider = CfAccess.EndToEnd.Tests.Docs.Snippets.StandInClock;

namespace CfAccess.EndToEnd.Tests.Docs.Snippets;

/// <summary>What the pages about the emulator and about tests show in pieces.</summary>
internal static class EmulatorPage
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddCloudflareAccess();
        builder.AddCloudflareAccessEmulator();     // in Development only; before or after, no matter
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
        emulator.WithdrawKey(emulator.PublishedKeyIds[0]);  // its tokens are refused after the next refresh
        emulator.KeysEndpointFails = true;                  // an outage: keys that the application has still serve
        emulator.Revoke(emulator.LogIn("bob@example.com").Token);   // the edge takes that token no more
    }

    public static void Wait()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var emulator = new AccessEmulator(new() { SessionDuration = TimeSpan.FromHours(1) }, clock);
        clock.Advance(TimeSpan.FromHours(2));               // every login before this is over
    }
}
