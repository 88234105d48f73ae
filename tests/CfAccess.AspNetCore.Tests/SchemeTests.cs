using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests;

public sealed class SchemeTests
{
    private const string PartnerAudience = "0000000000000000000000000000000000000000000000000000000000000001";

    [Fact]
    public async Task It_is_the_default_scheme_unless_there_is_one()
    {
        (await DefaultSchemeAsync(services => services.AddCloudflareAccess())).ShouldBe("CloudflareAccess");
        (await DefaultSchemeAsync(services =>
        {
            services.AddAuthentication("Cookies").AddCookie();
            services.AddCloudflareAccess();
        })).ShouldBe("Cookies");
        (await DefaultSchemeAsync(services =>
        {
            services.AddCloudflareAccess();
            services.AddAuthentication("Cookies").AddCookie();
        })).ShouldBe("Cookies");
    }

    [Fact]
    public void A_second_call_for_a_scheme_registers_nothing_again()
    {
        var once = new ServiceCollection();
        once.AddCloudflareAccess();
        var twice = new ServiceCollection();
        twice.AddCloudflareAccess();
        twice.AddAuthentication().AddCloudflareAccess(CloudflareAccessDefaults.AuthenticationScheme);

        Registrations(twice).ShouldBe(Registrations(once));

        static IEnumerable<string> Registrations(ServiceCollection services) => services
            .Select(service => $"{service.ServiceType} {service.ImplementationType} {service.ImplementationInstance}")
            .Where(text => text.Contains("CfAccess", StringComparison.Ordinal) || text.Contains("AuthenticationOptions", StringComparison.Ordinal)
                || text.Contains("HttpClient", StringComparison.Ordinal))
            .Where(text => !text.Contains("PostConfigure", StringComparison.Ordinal) || text.Contains("CfAccess", StringComparison.Ordinal))
            .Order();
    }

    [Fact]
    public async Task Every_configure_of_a_scheme_is_applied()
    {
        await using var host = await AccessHost.StartAsync(
            options => options.Audiences = ["first"],
            builder => builder.Services.AddCloudflareAccess(options => options.Audiences = [TestTeam.Audience]));

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Several_schemes_stand_side_by_side_each_with_its_own_audience()
    {
        await using var host = await AccessHost.StartAsync(
            build: builder => builder.Services.AddAuthentication().AddCloudflareAccess("Other", options =>
            {
                options.TeamDomain = "acme";
                options.Audiences = [TestTeam.OtherAudience];
                options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
            }),
            map: app => app.MapGet("/other", (ClaimsPrincipal user) => user.Identity!.AuthenticationType)
                .RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = "Other" }));
        var other = host.Minter.MintPerson(payload => payload["aud"] = TestTeam.OtherAudience);

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(other)).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.StatusAsync(host.Minter.MintPerson(), "/other")).ShouldBe(HttpStatusCode.Unauthorized);
        using var response = await host.GetAsync(other, "/other");
        (await response.Content.ReadAsStringAsync()).ShouldBe("Other");
    }

    [Fact]
    public async Task Two_callers_in_one_request_are_nobody()
    {
        await using var host = await AccessHost.StartAsync(
            options =>
            {
                options.TokenSources = CloudflareAccessTokenSources.Header;
                options.GroupsClaim = "groups";
            },
            builder => builder.Services.AddAuthentication().AddCloudflareAccess("Cookie", options =>
            {
                options.TeamDomain = "acme";
                options.Audiences = [TestTeam.OtherAudience];
                options.TokenSources = CloudflareAccessTokenSources.Cookie;
                options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
            }),
            app =>
            {
                app.MapGet("/both", (ClaimsPrincipal user) => user.GetAccessEmail() ?? "nobody").RequireAuthorization(policy => policy
                    .AddAuthenticationSchemes(CloudflareAccessDefaults.AuthenticationScheme, "Cookie")
                    .RequireAccessGroup("platform")
                    .RequireAccessAudience(TestTeam.OtherAudience));
                app.MapGet("/role", () => "in").RequireAuthorization(
                    new AuthorizeAttribute { AuthenticationSchemes = "CloudflareAccess, Cookie", Roles = "platform" });
            });
        var alice = host.Minter.MintPerson(payload => payload["custom"] = new JsonObject { ["groups"] = new JsonArray("platform") });
        var mallory = host.Minter.MintPerson(payload =>
        {
            payload["aud"] = TestTeam.OtherAudience;
            payload["email"] = "mallory@example.com";
            payload["sub"] = "mallory";
        });
        var alsoAlice = host.Minter.MintPerson(payload => payload["aud"] = TestTeam.OtherAudience);

        using var mixed = await host.GetAsync("/both", Headers(alice, mallory));
        using var one = await host.GetAsync("/both", Headers(alice, alsoAlice));

        using var mixedRole = await host.GetAsync("/role", Headers(alice, mallory));
        using var oneRole = await host.GetAsync("/role", Headers(alice, alsoAlice));

        mixed.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        mixedRole.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        oneRole.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await one.Content.ReadAsStringAsync()).ShouldBe(TestTeam.Email);

        static (string, string)[] Headers(string header, string cookie) =>
        [
            (CloudflareAccessDefaults.AssertionHeader, header), ("Cookie", $"{CloudflareAccessDefaults.AuthorizationCookie}={cookie}"),
        ];
    }

    [Fact]
    public async Task Each_team_has_its_own_keys_and_audiences()
    {
        await using var host = await TwoTeamsAsync();
        var partner = new TokenMinter(host.Clock, TestKey.Get("partner"));

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(partner.MintPerson(OfPartner))).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(partner.MintPerson())).ShouldBe(HttpStatusCode.Unauthorized);
        host.LastReason.ShouldBe("unknown_key");
        (await host.StatusAsync(host.Minter.MintPerson(payload => payload["aud"] = PartnerAudience))).ShouldBe(HttpStatusCode.Unauthorized);
        host.LastReason.ShouldBe("wrong_audience");
        (await host.StatusAsync(partner.MintPerson(payload =>
        {
            OfPartner(payload);
            payload["aud"] = TestTeam.Audience;
        }))).ShouldBe(HttpStatusCode.Unauthorized);
        host.LastReason.ShouldBe("wrong_audience");
    }

    [Fact]
    public async Task One_dead_team_harms_no_other()
    {
        await using var host = await TwoTeamsAsync();
        var partner = new TokenMinter(host.Clock, TestKey.Get("partner"));
        var answer = host.Endpoint.Answer;
        host.Endpoint.Answer = (request, cancellation) => request.RequestUri!.Host.StartsWith("partner", StringComparison.Ordinal)
            ? throw new HttpRequestException("dead")
            : answer(request, cancellation);

        (await host.StatusAsync(partner.MintPerson(OfPartner))).ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Only_a_token_that_would_pass_but_for_its_key_causes_a_fetch()
    {
        await using var host = await AccessHost.StartAsync();
        var stranger = new TokenMinter(host.Clock, TestKey.Get("next"));

        (await host.StatusAsync(stranger.MintPerson(payload => payload["exp"] = host.Clock.GetUtcNow().ToUnixTimeSeconds() - 3600)))
            .ShouldBe(HttpStatusCode.Unauthorized);
        host.LastReason.ShouldBe("expired");
        await host.StatusAsync(stranger.MintPerson(payload => payload["aud"] = TestTeam.OtherAudience));
        host.LastReason.ShouldBe("wrong_audience");
        await host.StatusAsync(stranger.MintPerson(payload => payload["type"] = "meta"));
        host.LastReason.ShouldBe("wrong_type");
        await host.StatusAsync(stranger.MintPerson(payload => payload.Remove("iss")));
        host.LastReason.ShouldBe("unknown_issuer");
        host.Endpoint.Count.ShouldBe(0);

        await host.StatusAsync(stranger.MintPerson());
        host.LastReason.ShouldBe("unknown_key");
        host.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Keys_are_fetched_at_start_in_the_background()
    {
        await using var host = await AccessHost.StartAsync(options => options.Keys.Prewarm = CloudflareAccessPrewarm.Background);
        await host.Fetches.EndedAsync(1);
        await host.StatusAsync(host.Minter.MintPerson());
        host.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_dead_endpoint_stops_the_start_only_where_the_option_says_so()
    {
        await using var patient = await AccessHost.StartAsync(
            options => options.Keys.Prewarm = CloudflareAccessPrewarm.Background, builder => builder.Services.AddDeadKeysEndpoint());
        (await patient.StatusAsync(patient.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => AccessHost.StartAsync(
            options => options.Keys.Prewarm = CloudflareAccessPrewarm.FailFast, builder => builder.Services.AddDeadKeysEndpoint()));
        failure.Message.ShouldContain("could not fetch the signing keys of https://acme.cloudflareaccess.com");

        await using var ready = await AccessHost.StartAsync(options => options.Keys.Prewarm = CloudflareAccessPrewarm.FailFast);
        ready.Endpoint.Count.ShouldBe(1);
    }

    private static void OfPartner(JsonObject payload)
    {
        payload["iss"] = "https://partner.cloudflareaccess.com";
        payload["aud"] = PartnerAudience;
    }

    private static async Task<AccessHost> TwoTeamsAsync()
    {
        var host = await AccessHost.StartAsync(options =>
        {
            options.TeamDomain = null;
            options.Audiences = [];
            options.Teams.Add(new CloudflareAccessTeam { TeamDomain = "acme", Audiences = [TestTeam.Audience] });
            options.Teams.Add(new CloudflareAccessTeam { TeamDomain = "partner", Audiences = [PartnerAudience] });
        });
        host.Endpoint.PublishAt(TestTeam.PartnerCertsUrl, TestKey.Get("partner"));
        return host;
    }

    private static async Task<string?> DefaultSchemeAsync(Action<IServiceCollection> add)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        add(builder.Services);
        await using var services = builder.Services.BuildServiceProvider();
        return (await services.GetRequiredService<IAuthenticationSchemeProvider>().GetDefaultAuthenticateSchemeAsync())?.Name;
    }
}
