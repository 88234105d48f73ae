using System.IdentityModel.Tokens.Jwt;
using System.Net;
using System.Security.Claims;
using System.Security.Cryptography;
using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Emulator.Tests.Edge;

/// <summary>The emulator goes through the scheme's own fetcher and validator: what is wrong with its keys shows as it would elsewhere.</summary>
public sealed class NoSideDoorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_and_a_service_are_known_whichever_line_stands_first(bool emulatorFirst)
    {
        await using var app = await StartAsync(emulatorFirst: emulatorFirst);

        (await MeAsync(app, Cookie(app.Emulator.LogIn("alice@example.com").Token))).ShouldBe((HttpStatusCode.OK, "alice@example.com platform"));
        (await MeAsync(app, ServiceHeaders(app))).ShouldBe((HttpStatusCode.OK, AccessEmulatorDefaults.ServiceTokenClientId + " "));
    }

    [Theory]
    [InlineData(CloudflareAccessIdentityLoad.OnDemand)]
    [InlineData(CloudflareAccessIdentityLoad.AtAuthentication)]
    public async Task Groups_of_get_identity_come_by_the_schemes_own_client(CloudflareAccessIdentityLoad load)
    {
        await using var app = await StartAsync(
            access: options => (options.GroupsClaim, options.GroupsFromIdentity, options.Identity.Load) = (null, true, load),
            map: host => host.MapGet("/platform", () => "in").RequireAuthorization(policy => policy.RequireAccessGroup("platform")));

        (await GetAsync(app, "/platform", Cookie(app.Emulator.LogIn("alice@example.com").Token))).ShouldBe((HttpStatusCode.OK, "in"));
        (await GetAsync(app, "/platform", Cookie(app.Emulator.LogIn("bob@example.com").Token))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await GetAsync(app, "/platform", ServiceHeaders(app))).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_session_that_the_emulator_does_not_know_has_no_identity()
    {
        await using var app = await StartAsync(
            options => options.Edge = false,
            options => (options.GroupsClaim, options.GroupsFromIdentity) = (null, true),
            host => host.MapGet("/platform", () => "in").RequireAuthorization(policy => policy.RequireAccessGroup("platform")));
        var token = app.Emulator.MintPersonToken("alice@example.com");

        (await GetAsync(app, "/platform", (CloudflareAccessDefaults.AssertionHeader, token))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Nobody_gets_in_by_a_forged_assertion()
    {
        await using var app = await StartAsync();

        (await MeAsync(app, (CloudflareAccessDefaults.AssertionHeader, app.Emulator.MintPersonToken("alice@example.com")))).Status
            .ShouldBe(HttpStatusCode.Found);
        (await MeAsync(app, ("Cf-Access-Authenticated-User-Email", "alice@example.com"))).Status.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task A_rotated_key_costs_no_session_and_signs_at_once()
    {
        await using var app = await StartAsync();
        var before = Cookie(app.Emulator.LogIn("alice@example.com").Token);
        (await MeAsync(app, before)).Status.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromMinutes(1));

        app.Emulator.RotateKey();

        (await MeAsync(app, Cookie(app.Emulator.LogIn("bob@example.com").Token))).Status.ShouldBe(HttpStatusCode.OK);
        (await MeAsync(app, before)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_token_of_the_key_that_replaces_a_withdrawn_one_causes_the_refresh_that_rejects_it()
    {
        await using var app = await StartAsync();
        var alice = Cookie(app.Emulator.LogIn("alice@example.com").Token);
        (await MeAsync(app, alice)).Status.ShouldBe(HttpStatusCode.OK);

        app.Emulator.WithdrawKey(app.Emulator.CurrentKeyId);
        (await MeAsync(app, alice)).Status.ShouldBe(HttpStatusCode.OK);

        // A token of the new key is accepted at once: its key is unknown, so it causes a refresh.
        (await MeAsync(app, Cookie(app.Emulator.LogIn("bob@example.com").Token))).Status.ShouldBe(HttpStatusCode.OK);
        (await MeAsync(app, alice)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_key_that_signed_before_is_rejected_after_the_next_refresh()
    {
        await using var app = await StartAsync();
        var alice = Cookie(app.Emulator.LogIn("alice@example.com").Token);
        app.Emulator.RotateKey();
        (await MeAsync(app, alice)).Status.ShouldBe(HttpStatusCode.OK);

        app.Emulator.WithdrawKey(app.Emulator.PublishedKeyIds[0]);
        (await MeAsync(app, alice)).Status.ShouldBe(HttpStatusCode.OK);

        // The next request finds the refresh due. Timers stay still, or the fetch behind it would time out on the clock's way.
        app.Clock.AdjustTime(app.Clock.GetUtcNow() + TimeSpan.FromHours(2));
        await EventuallyAsync(app, alice, HttpStatusCode.Unauthorized, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Keys_that_fail_from_the_start_are_not_the_callers_fault()
    {
        await using var app = await StartAsync(map: host => host.Services.GetRequiredService<AccessEmulator>().KeysEndpointFails = true);

        (await MeAsync(app, Cookie(app.Emulator.LogIn("alice@example.com").Token))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Another_key_under_the_emulators_kid_is_refused()
    {
        await using var app = await StartAsync(options => options.Edge = false);
        var good = app.Emulator.MintPersonToken("alice@example.com");
        (await MeAsync(app, (CloudflareAccessDefaults.AssertionHeader, good))).Status.ShouldBe(HttpStatusCode.OK);
        using var rsa = RSA.Create(2048);
        var read = new JwtSecurityTokenHandler().ReadJwtToken(good);
        var credentials = new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = app.Emulator.CurrentKeyId }, SecurityAlgorithms.RsaSha256);

        var forged = new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(new JwtHeader(credentials), read.Payload));

        (await MeAsync(app, (CloudflareAccessDefaults.AssertionHeader, forged))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Configured_audiences_are_those_of_the_emulators_tokens()
    {
        await using var app = await StartAsync(access: options => (options.TeamDomain, options.Audiences) = ("acme", ["tag-1"]));

        var session = app.Emulator.LogIn("alice@example.com");

        new JwtSecurityTokenHandler().ReadJwtToken(session.Token).Audiences.ShouldBe(["tag-1"]);
        (await MeAsync(app, Cookie(session.Token))).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static Task<EmulatedApp> StartAsync(
        Action<AccessEmulatorOptions>? configure = null,
        Action<CloudflareAccessOptions>? access = null,
        Action<WebApplication>? map = null,
        bool emulatorFirst = true) => EmulatedApp.StartAsync(
            configure,
            builder => builder.Services.AddCloudflareAccess(options =>
            {
                options.GroupsClaim = "groups";
                access?.Invoke(options);
            }),
            app =>
            {
                map?.Invoke(app);
                app.MapGet("/me", Me).RequireAuthorization();
            },
            emulatorFirst: emulatorFirst);

    private static string Me(ClaimsPrincipal user) => $"{user.Identity!.Name} {string.Join(',', user.GetAccessGroups())}";

    private static (string, string) Cookie(string token) => ("Cookie", $"CF_Authorization={token}");

    private static (string, string)[] ServiceHeaders(EmulatedApp app) =>
    [
        ("CF-Access-Client-Id", app.Emulator.ServiceTokens[0].ClientId),
        ("CF-Access-Client-Secret", app.Emulator.ServiceTokens[0].ClientSecret!),
    ];

    private static Task<(HttpStatusCode Status, string Body)> MeAsync(EmulatedApp app, params (string, string)[] headers) =>
        GetAsync(app, "/me", headers);

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(EmulatedApp app, string path, params (string, string)[] headers)
    {
        using var response = await app.GetAsync(path, headers);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A refresh behind requests ends when it ends; asking again is the only way to see it.</summary>
    private static async Task EventuallyAsync(EmulatedApp app, (string, string) header, HttpStatusCode expected, CancellationToken canceled)
    {
        HttpStatusCode status;
        do
        {
            canceled.ThrowIfCancellationRequested();
            (status, _) = await MeAsync(app, header);
        }
        while (status != expected);
    }
}
