using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.JwtBearer.Tests;

/// <summary>What the application sets on its JwtBearer scheme, and what would bypass CfAccess.</summary>
public sealed class SetupTests
{
    private static readonly SymmetricSecurityKey OtherKey = new(Encoding.ASCII.GetBytes(new string('k', 32))) { KeyId = "other" };

    [Fact]
    public async Task Events_type_stops_the_start() =>
        (await FailureAsync(bearer => bearer.EventsType = typeof(JwtBearerEvents))).ShouldContain("EventsType replaces its events");

    [Fact]
    public async Task Security_token_validators_stop_the_start() =>
        (await FailureAsync(bearer => bearer.UseSecurityTokenValidators = true)).ShouldContain("UseSecurityTokenValidators ignores token handlers");

    [Fact]
    public async Task Events_that_are_replaced_later_stop_the_start() =>
        (await FailureAsync(later: bearer => bearer.Events = new JwtBearerEvents())).ShouldContain("Events was replaced");

    [Fact]
    public async Task Token_handlers_that_are_removed_later_stop_the_start() =>
        (await FailureAsync(later: bearer => bearer.TokenHandlers.Clear())).ShouldContain("TokenHandlers was changed");

    [Fact]
    public async Task A_token_handler_that_is_added_later_stops_the_start() =>
        (await FailureAsync(later: bearer => bearer.TokenHandlers.Add(new JsonWebTokenHandler()))).ShouldContain("TokenHandlers was changed");

    [Fact]
    public async Task Another_scheme_that_authenticates_instead_stops_the_start() =>
        (await FailureAsync(bearer => bearer.ForwardAuthenticate = "Other")).ShouldContain("ForwardAuthenticate");

    [Fact]
    public void A_second_call_for_a_scheme_is_rejected() => Should.Throw<InvalidOperationException>(() => new ServiceCollection()
        .AddAuthentication().AddCloudflareAccessJwtBearer().AddCloudflareAccessJwtBearer()).Message.ShouldContain("'Bearer'");

    [Fact]
    public async Task A_token_of_a_team_never_reaches_another_handler()
    {
        // The parameters of the other handler cover the team: without its own rules, they accept every token of the key.
        await using var host = await BearerHost.StartAsync(
            keepsOtherTokenHandlers: true,
            bearer: options => options.TokenValidationParameters = new TokenValidationParameters
            {
                ValidIssuer = TestTeam.Issuer,
                ValidAudience = TestTeam.Audience,
                IssuerSigningKey = new RsaSecurityKey(TestKey.Get("current").Rsa),
                ValidateLifetime = false,
            });
        var organization = host.Minter.MintPerson(payload => payload["type"] = "org");

        (await host.GetAsync(organization)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(host, ("Authorization", $"Bearer {organization}"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_empty_token_of_an_event_does_not_hide_the_header()
    {
        await using var host = await BearerHost.StartAsync(bearer: options => options.Events.OnMessageReceived = context =>
        {
            context.Token = string.Empty;
            return Task.CompletedTask;
        });

        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(host, ("Authorization", $"Bearer {host.Minter.MintPerson()}"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_missing_bearer_scheme_stops_the_start() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => BearerHost.StartAsync(
            build: builder => builder.Services.AddAuthentication().AddCloudflareAccessJwtBearer("Api"))))
            .Message.ShouldContain("needs the JwtBearer scheme 'Api'");

    [Fact]
    public async Task Events_of_the_application_are_called_and_can_take_over_a_challenge()
    {
        await using var host = await BearerHost.StartAsync(bearer: options => options.Events = new TeapotEvents());

        (await host.GetAsync("abc")).Status.ShouldBe((HttpStatusCode)418);
    }

    [Fact]
    public async Task The_cookie_is_read_if_the_header_is_missing()
    {
        await using var host = await BearerHost.StartAsync();

        (await StatusAsync(host, ("Cookie", $"CF_Authorization={host.Minter.MintPerson()}"))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Two_different_cookies_are_rejected_with_their_reason()
    {
        Exception? failure = null;
        await using var host = await BearerHost.StartAsync(bearer: options => options.Events.OnChallenge = context =>
        {
            failure = context.AuthenticateFailure;
            return Task.CompletedTask;
        });
        var cookies = $"CF_Authorization={host.Minter.MintPerson()}; CF_Authorization=another";

        (await StatusAsync(host, ("Cookie", cookies))).ShouldBe(HttpStatusCode.Unauthorized);
        failure.ShouldBeOfType<CloudflareAccessFailureException>().Reason.ShouldBe(AccessFailureReason.MultipleTokens);
    }

    [Fact]
    public async Task The_authorization_header_is_ignored()
    {
        await using var host = await BearerHost.StartAsync();

        (await StatusAsync(host, ("Authorization", $"Bearer {host.Minter.MintPerson()}"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Groups_and_policies_of_CfAccess_work()
    {
        await using var host = await BearerHost.StartAsync(
            options => options.GroupsClaim = "groups",
            map: app => app.MapGet("/group", () => "in").RequireAuthorization(policy => policy.RequireAccessGroup("platform")));
        var member = host.Minter.MintPerson(payload => payload["custom"] = new JsonObject { ["groups"] = new JsonArray("platform") });

        (await host.GetAsync(member, "/group")).Status.ShouldBe(HttpStatusCode.OK);
        (await host.GetAsync(member, "/platform")).Status.ShouldBe(HttpStatusCode.OK);
        (await host.GetAsync(host.Minter.MintPerson(), "/group")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_second_request_with_a_token_uses_the_cache()
    {
        await using var host = await BearerHost.StartAsync();
        using var lookups = host.Services.CollectMeasurements<long>("cloudflare_access.token_cache.requests");
        var token = host.Minter.MintPerson();

        await host.GetAsync(token);
        await host.GetAsync(token);

        lookups.GetTags().ShouldBe(["result=miss", "result=hit"]);
    }

    [Fact]
    public async Task With_other_token_handlers_both_kinds_of_tokens_are_accepted()
    {
        await using var host = await StartWithOtherIssuerAsync();
        var other = OtherToken();

        (await StatusAsync(host, ("Authorization", $"Bearer {other}"))).ShouldBe(HttpStatusCode.OK);
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(host, ("Authorization", "Bearer abc"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await StatusAsync(host)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_of_another_issuer_needs_no_keys_of_access_and_is_not_reported_as_rejected()
    {
        await using var host = await StartWithOtherIssuerAsync();
        using var validations = host.Services.CollectMeasurements<long>("cloudflare_access.token.validations");
        host.Endpoint.Fail();

        (await StatusAsync(host, ("Authorization", $"Bearer {OtherToken()}"))).ShouldBe(HttpStatusCode.OK);

        validations.GetTags().ShouldBeEmpty();
        host.Endpoint.Count.ShouldBe(0);
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.ServiceUnavailable, "One of several handlers failed with 503.");
    }

    private static Task<BearerHost> StartWithOtherIssuerAsync() => BearerHost.StartAsync(
        keepsOtherTokenHandlers: true,
        bearer: options => options.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = "https://issuer.example.com",
            ValidAudience = "api",
            IssuerSigningKey = OtherKey,
            ValidateLifetime = false,
        });

    private static string OtherToken() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "https://issuer.example.com",
        Audience = "api",
        SigningCredentials = new SigningCredentials(OtherKey, SecurityAlgorithms.HmacSha256),
    });

    private static async Task<HttpStatusCode> StatusAsync(BearerHost host, params (string Name, string Value)[] headers)
    {
        using var response = await host.GetAsync("/me", headers);
        return response.StatusCode;
    }

    private static async Task<string> FailureAsync(Action<JwtBearerOptions>? bearer = null, Action<JwtBearerOptions>? later = null) =>
        (await Should.ThrowAsync<InvalidOperationException>(() => BearerHost.StartAsync(
            bearer: bearer,
            build: builder => builder.Services.PostConfigure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options => later?.Invoke(options)))))
        .Message;

    private sealed class TeapotEvents : JwtBearerEvents
    {
        public override Task Challenge(JwtBearerChallengeContext context)
        {
            context.Response.StatusCode = 418;
            context.HandleResponse();
            return Task.CompletedTask;
        }
    }
}
