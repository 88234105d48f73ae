using System.Net;
using System.Security.Claims;
using CfAccess.Emulator;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

/// <summary>The code of the page about JwtBearer works, by itself and behind the emulator.</summary>
public sealed class BearerTests
{
    private const string Assertion = "Cf-Access-Jwt-Assertion";

    [Fact]
    public async Task People_and_services_are_known_and_every_wrong_token_is_refused()
    {
        using var emulator = new AccessEmulator(new() { Edge = false });
        await using var app = await StartAsync(emulator);

        (await GetAsync(app, (Assertion, emulator.MintPersonToken("alice@example.com")))).ShouldBe((HttpStatusCode.OK, "alice@example.com"));
        (await GetAsync(app, (Assertion, emulator.MintServiceToken(AccessEmulatorDefaults.ServiceTokenClientId))))
            .ShouldBe((HttpStatusCode.OK, AccessEmulatorDefaults.ServiceTokenClientId));
        foreach (var wrong in Enum.GetValues<AccessEmulatorWrongToken>())
        {
            (await GetAsync(app, (Assertion, emulator.MintWrongToken(wrong)))).Status.ShouldBe(HttpStatusCode.Unauthorized, $"{wrong}");
        }
    }

    [Fact]
    public async Task Only_one_assertion_header_counts_and_never_the_authorization_header()
    {
        using var emulator = new AccessEmulator(new() { Edge = false });
        await using var app = await StartAsync(emulator);
        var token = emulator.MintPersonToken("alice@example.com");

        (await GetAsync(app)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(app, ("Authorization", $"Bearer {token}"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(app, (Assertion, token), (Assertion, token), ("Authorization", $"Bearer {token}"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await GetAsync(app, (Assertion, string.Empty), ("Authorization", $"Bearer {token}"))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_rotation_passes_unnoticed_and_a_withdrawn_key_does_not()
    {
        using var emulator = new AccessEmulator(new() { Edge = false });
        await using var app = await StartAsync(emulator);
        var token = emulator.MintPersonToken("alice@example.com");
        (await GetAsync(app, (Assertion, token))).Status.ShouldBe(HttpStatusCode.OK);
        var withdrawn = emulator.CurrentKeyId;

        emulator.RotateKey();
        emulator.WithdrawKey(withdrawn);

        (await GetAsync(app, (Assertion, emulator.MintPersonToken("alice@example.com")))).Status.ShouldBe(HttpStatusCode.OK);
        (await GetAsync(app, (Assertion, token))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static async Task<WebApplication> StartAsync(AccessEmulator emulator)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Services.AddSecretWatch();
        builder.WebHost.UseCloudflareAccessEmulator(emulator);
        builder.Services.AddAccessBearer();
        builder.Services.AddAuthorization();
        var app = builder.Build();
        app.MapGet("/me", (ClaimsPrincipal user) => user.Identity!.Name).RequireAuthorization();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(WebApplication app, params (string Name, string Value)[] headers)
    {
        using var client = app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
