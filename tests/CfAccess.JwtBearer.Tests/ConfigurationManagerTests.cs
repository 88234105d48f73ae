using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.JwtBearer.Tests;

/// <summary>The keys of a team as a configuration, for other libraries.</summary>
public sealed class ConfigurationManagerTests
{
    [Fact]
    public async Task The_configuration_contains_the_keys_of_one_team()
    {
        await using var host = await AccessHost.StartAsync();
        var manager = Manager(host);
        var configuration = await manager.GetConfigurationAsync(TestContext.Current.CancellationToken);

        configuration.Issuer.ShouldBe(TestTeam.Issuer);
        configuration.SigningKeys.Select(key => key.KeyId).ShouldBe([TestKey.Get("previous").Kid, TestKey.Get("current").Kid], ignoreOrder: true);
        (await manager.GetConfigurationAsync(TestContext.Current.CancellationToken)).ShouldBeSameAs(configuration);
        host.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_keys_of_another_team_are_not_in_the_configuration()
    {
        await using var host = await AccessHost.StartAsync(options =>
        {
            (options.TeamDomain, options.Audiences) = (null, []);
            options.Teams =
            [
                new() { TeamDomain = "acme", Audiences = [TestTeam.Audience] },
                new() { TeamDomain = "partner", Audiences = [TestTeam.PartnerAudience] },
            ];
        });
        host.Endpoint.PublishAt(TestTeam.PartnerCertsUrl, TestKey.Get("partner"));

        var partner = new CloudflareAccessConfigurationManager(Keys(host), TestTeam.PartnerIssuer);

        (await partner.GetConfigurationAsync(TestContext.Current.CancellationToken)).SigningKeys.Select(key => key.KeyId).ShouldBe([TestKey.Get("partner").Kid]);
    }

    [Fact]
    public async Task The_scheme_and_the_configuration_share_one_fetch()
    {
        await using var host = await AccessHost.StartAsync();
        var token = host.Minter.MintPerson();

        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await IsValidAsync(token, Manager(host))).ShouldBeTrue();
        host.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_rotated_key_is_found_and_a_withdrawn_key_is_not_trusted_any_more()
    {
        await using var host = await AccessHost.StartAsync();
        var manager = Manager(host);
        var withdrawn = host.Minter.MintPerson();
        (await IsValidAsync(withdrawn, manager)).ShouldBeTrue();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var next = new TokenMinter(host.Clock, TestKey.Get("next"));
        host.Endpoint.Publish(next.Key);

        (await IsValidAsync(next.MintPerson(), manager)).ShouldBeTrue();
        (await IsValidAsync(withdrawn, manager)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_flood_of_unknown_keys_causes_one_fetch_in_a_cooldown()
    {
        await using var host = await AccessHost.StartAsync();
        var manager = Manager(host);
        (await IsValidAsync(host.Minter.MintPerson(), manager)).ShouldBeTrue();
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        for (var count = 0; count < 20; count++)
        {
            (await IsValidAsync(host.Minter.Sign(host.Minter.Person(), header => header["kid"] = $"unknown-{count}"), manager)).ShouldBeFalse();
        }

        host.Endpoint.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Without_keys_the_configuration_is_unavailable()
    {
        await using var host = await AccessHost.StartAsync();
        host.Endpoint.Fail();
        var manager = Manager(host);

        for (var count = 0; count < 5; count++)
        {
            (await Should.ThrowAsync<InvalidOperationException>(() => manager.GetConfigurationAsync(TestContext.Current.CancellationToken)))
                .Message.ShouldContain(TestTeam.Issuer);
        }

        host.Endpoint.Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_unknown_issuer_or_scheme_is_rejected()
    {
        await using var host = await AccessHost.StartAsync();

        Should.Throw<ArgumentException>(() => new CloudflareAccessConfigurationManager(Keys(host), "https://other.cloudflareaccess.com"))
            .Message.ShouldContain(TestTeam.Issuer);
        Should.Throw<ArgumentException>(() => new CloudflareAccessConfigurationManager(Keys(host), TestTeam.Issuer, "Other")).Message.ShouldContain("'Other'");
    }

    private static ICloudflareAccessSigningKeys Keys(AccessHost host) => host.Services.GetRequiredService<ICloudflareAccessSigningKeys>();

    private static CloudflareAccessConfigurationManager Manager(AccessHost host) => new(Keys(host), TestTeam.Issuer);

    private static async Task<bool> IsValidAsync(string token, CloudflareAccessConfigurationManager manager) =>
        (await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ConfigurationManager = manager,
            ValidIssuer = TestTeam.Issuer,
            ValidAudience = TestTeam.Audience,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            TryAllIssuerSigningKeys = false,
            ValidateLifetime = false,
        })).IsValid;
}
