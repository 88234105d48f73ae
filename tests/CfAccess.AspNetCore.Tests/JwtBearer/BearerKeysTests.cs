using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tests.JwtBearer;

/// <summary>Our keys serve plain JwtBearer: rotations, withdrawals, outages and floods.</summary>
public sealed class BearerKeysTests
{
    [Fact]
    public async Task A_rotated_key_costs_no_request()
    {
        await using var host = await BearerHost.StartAsync();
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = new TokenMinter(host.Clock, TestKey.Get("next"));
        host.Endpoint.Publish(host.Minter.Key, next.Key);

        (await host.GetAsync(next.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        host.Endpoint.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Many_who_meet_a_cold_application_share_one_fetch()
    {
        await using var host = await BearerHost.StartAsync();
        var gate = host.Endpoint.Hold();
        var waiting = Enumerable.Range(0, 20).Select(_ => host.GetAsync(host.Minter.MintPerson())).ToList();
        gate.SetResult();

        (await Task.WhenAll(waiting)).ShouldAllBe(answer => answer.Status == HttpStatusCode.OK);
        host.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_token_of_a_withdrawn_key_is_refused_after_the_refresh()
    {
        await using var host = await BearerHost.StartAsync();
        var withdrawn = host.Minter.MintPerson(payload => payload["exp"] = host.Clock.GetUtcNow().ToUnixTimeSeconds() + 86_400);
        var next = new TokenMinter(host.Clock, TestKey.Get("next"));
        (await host.GetAsync(withdrawn)).Status.ShouldBe(HttpStatusCode.OK);

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        host.Endpoint.Publish(next.Key);
        (await host.GetAsync(next.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);

        // It was good a minute ago, and the configuration that it was good with is known to be good.
        (await host.GetAsync(withdrawn)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        host.Endpoint.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Also_when_the_application_turns_the_last_known_good_on_again()
    {
        await using var host = await BearerHost.StartAsync(bearer: options =>
            ((BaseConfigurationManager)options.ConfigurationManager!).UseLastKnownGoodConfiguration = true);
        var withdrawn = host.Minter.MintPerson();
        var next = new TokenMinter(host.Clock, TestKey.Get("next"));
        (await host.GetAsync(withdrawn)).Status.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        host.Endpoint.Publish(next.Key);
        (await host.GetAsync(next.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);

        (await host.GetAsync(withdrawn)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_flood_of_unknown_keys_causes_one_fetch_in_a_cooldown()
    {
        await using var host = await BearerHost.StartAsync();
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        for (var count = 0; count < 30; count++)
        {
            var forged = host.Minter.Sign(host.Minter.Person(), header => header["kid"] = $"unknown-{count}");
            await host.ShouldRefuseAsync(forged, AccessFailureReason.UnknownKey);
        }

        host.Endpoint.Count.ShouldBe(2);
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        await host.ShouldRefuseAsync(host.Minter.Sign(host.Minter.Person(), header => header["kid"] = "another"), AccessFailureReason.UnknownKey);
        host.Endpoint.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Bad_signatures_by_a_known_key_cause_no_fetch()
    {
        await using var host = await BearerHost.StartAsync();
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        var forger = new TokenMinter(host.Clock, TestKey.Get("stranger"));

        for (var count = 0; count < 5; count++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            var forged = forger.Sign(host.Minter.Person(), header => header["kid"] = host.Minter.Key.Kid);
            (await host.GetAsync(forged)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        }

        host.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Known_keys_are_not_slowed_while_an_unknown_one_is_waited_for()
    {
        await using var host = await BearerHost.StartAsync();
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = new TokenMinter(host.Clock, TestKey.Get("next"));
        host.Endpoint.Publish(host.Minter.Key, next.Key);
        var gate = host.Endpoint.Hold();
        var unknown = host.GetAsync(next.MintPerson());

        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        unknown.IsCompleted.ShouldBeFalse();
        gate.SetResult();
        (await unknown).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_outage_is_bridged_and_then_it_fails_closed_with_a_reason_of_its_own()
    {
        await using var host = await BearerHost.StartAsync();
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        host.Endpoint.Fail();
        host.Clock.Advance(TimeSpan.FromHours(24));
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromHours(2));

        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.Unauthorized);
        var failure = host.LastFailure.ShouldBeOfType<CloudflareAccessKeysUnavailableException>();
        failure.RetryAfter.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task The_configuration_holds_the_keys_of_one_team_and_never_of_several()
    {
        await using var host = await BearerHost.StartAsync();
        var keys = host.Services.GetRequiredService<CloudflareAccessKeys>();
        var configuration = await keys.GetConfigurationManager().GetConfigurationAsync(TestContext.Current.CancellationToken);

        configuration.Issuer.ShouldBe(TestTeam.Issuer);
        configuration.SigningKeys.Select(key => key.KeyId).ShouldBe([TestKey.Get("previous").Kid, TestKey.Get("current").Kid], ignoreOrder: true);
        keys.GetConfigurationManager().ShouldBeSameAs(keys.GetConfigurationManager());
        keys.GetConfigurationManager().RequestRefresh();
        host.Endpoint.Count.ShouldBe(1);

        await using var several = await BearerHost.StartAsync(options =>
        {
            (options.TeamDomain, options.Audiences) = (null, []);
            options.Teams =
            [
                new() { TeamDomain = "acme", Audiences = [TestTeam.Audience] },
                new() { TeamDomain = "partner", Audiences = [TestTeam.PartnerAudience] },
            ];
        });
        var merged = await several.Services.GetRequiredService<CloudflareAccessKeys>().GetConfigurationManager()
            .GetConfigurationAsync(TestContext.Current.CancellationToken);
        merged.SigningKeys.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_keys_the_configuration_is_not_to_be_had()
    {
        await using var host = await BearerHost.StartAsync();
        host.Endpoint.Fail();
        var manager = host.Services.GetRequiredService<CloudflareAccessKeys>().GetConfigurationManager();

        for (var count = 0; count < 5; count++)
        {
            await Should.ThrowAsync<InvalidOperationException>(() => manager.GetConfigurationAsync(TestContext.Current.CancellationToken));
        }

        host.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Settings_that_nobody_registered_are_told_of()
    {
        await using var host = await BearerHost.StartAsync();
        var keys = host.Services.GetRequiredService<CloudflareAccessKeys>();

        Should.Throw<ArgumentException>(() => keys.GetConfigurationManager("Other")).Message.ShouldContain("'Other'");
        Should.Throw<ArgumentException>(() => keys.CreateTokenValidationParameters("Other")).Message.ShouldContain("CloudflareAccess");
    }

    [Fact]
    public async Task Beside_the_scheme_they_are_its_keys()
    {
        await using var host = await AccessHost.StartAsync(build: builder => builder.Services.AddCloudflareAccessKeys());
        var access = host.Services.GetRequiredService<CloudflareAccessKeys>();
        var parameters = access.CreateTokenValidationParameters();
        parameters.ConfigurationManager = (BaseConfigurationManager)access.GetConfigurationManager();
        var token = host.Minter.MintPerson();

        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await new JsonWebTokenHandler().ValidateTokenAsync(token, parameters)).IsValid.ShouldBeTrue();
        host.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public void A_scheme_that_is_added_after_the_keys_is_there_too()
    {
        var services = new ServiceCollection();
        services.AddCloudflareAccessKeys();
        services.AddCloudflareAccess();
        services.AddCloudflareAccess();

        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IOptions<AuthenticationOptions>>().Value.Schemes.Select(scheme => scheme.Name).ShouldBe(["CloudflareAccess"]);
    }
}
