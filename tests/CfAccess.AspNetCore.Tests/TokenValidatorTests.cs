using System.Security.Claims;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests;

public sealed class TokenValidatorTests
{
    [Fact]
    public async Task A_person_is_accepted_until_the_token_ends()
    {
        await using var host = await AccessHost.StartAsync(options => options.GroupsClaim = "groups");
        var token = host.Minter.MintPerson(payload => payload["custom"] = new System.Text.Json.Nodes.JsonObject { ["groups"] = "platform" });
        var expiresUtc = DateTimeOffset.FromUnixTimeSeconds(host.Clock.GetUtcNow().ToUnixTimeSeconds() + 3600);

        var result = await ValidateAsync(host, token);

        result.Succeeded.ShouldBeTrue();
        result.Principal.GetAccessEmail().ShouldBe(TestTeam.Email);
        result.Principal.IsInRole("platform").ShouldBeTrue();
        result.ExpiresUtc.ShouldBe(expiresUtc);
        result.Reason.ShouldBeNull();
        result.ReasonWord.ShouldBeNull();
        result.RetryAfter.ShouldBeNull();
        result.ToString().ShouldBe("accepted");
    }

    [Fact]
    public async Task Groups_that_are_loaded_at_authentication_are_loaded_here_too()
    {
        await using var host = await AccessHost.StartAsync(options =>
        {
            options.GroupsFromIdentity = true;
            options.Identity.Load = CloudflareAccessIdentityLoad.AtAuthentication;
        });
        host.Identities.TellGroups("""["platform"]""");
        (await ValidateAsync(host, host.Minter.MintPerson())).Principal!.IsInRole("platform").ShouldBeTrue();

        host.Identities.Fail();
        var result = await ValidateAsync(host, host.Minter.MintPerson(payload => payload["country"] = "NL"));

        (result.Reason, result.ReasonWord).ShouldBe((AccessFailureReason.IdentityUnavailable, "identity_unavailable"));
        result.RetryAfter.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_service_token_is_accepted()
    {
        await using var host = await AccessHost.StartAsync();
        var result = await ValidateAsync(host, host.Minter.MintService());

        result.Principal!.GetAccessServiceToken().ShouldBe(TestTeam.ClientId);
    }

    [Fact]
    public async Task Each_result_has_a_principal_of_its_own_and_the_cache_serves_both_ways()
    {
        await using var host = await AccessHost.StartAsync();
        var token = host.Minter.MintPerson();
        var first = await ValidateAsync(host, token);
        first.Principal!.Identities.Single().AddClaim(new Claim("added", "x"));

        var second = await ValidateAsync(host, token);
        var request = await host.PrincipalAsync(token);

        second.Principal!.HasClaim("added", "x").ShouldBeFalse();
        request!.HasClaim("added", "x").ShouldBeFalse();
        host.Endpoint.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(null, AccessFailureReason.Malformed, "malformed")]
    [InlineData("", AccessFailureReason.Malformed, "malformed")]
    [InlineData("abc", AccessFailureReason.Malformed, "malformed")]
    [InlineData("Bearer abc", AccessFailureReason.Malformed, "malformed")]
    public async Task What_is_no_token_is_refused(string? token, AccessFailureReason reason, string word)
    {
        await using var host = await AccessHost.StartAsync();
        var result = await ValidateAsync(host, token);

        result.Succeeded.ShouldBeFalse();
        result.Principal.ShouldBeNull();
        result.ExpiresUtc.ShouldBeNull();
        (result.Reason, result.ReasonWord, result.ToString()).ShouldBe((reason, word, word));
        host.Endpoint.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Every_rule_of_the_scheme_holds_and_each_refusal_has_its_reason()
    {
        await using var host = await AccessHost.StartAsync();
        var forger = new TokenMinter(host.Clock, TestKey.Get("stranger"));
        (string Token, AccessFailureReason Reason)[] cases =
        [
            (host.Minter.MintPerson(payload => payload["type"] = "org"), AccessFailureReason.WrongType),
            (host.Minter.MintPerson(payload => payload["type"] = "meta"), AccessFailureReason.WrongType),
            (host.Minter.MintPerson(payload => payload["aud"] = TestTeam.OtherAudience), AccessFailureReason.WrongAudience),
            (host.Minter.MintPerson(payload => payload["iss"] = TestTeam.PartnerIssuer), AccessFailureReason.UnknownIssuer),
            (host.Minter.MintPerson(payload => payload["exp"] = 1), AccessFailureReason.Expired),
            (host.Minter.Sign(host.Minter.Person(), header => header["alg"] = "PS256"), AccessFailureReason.UnsupportedAlgorithm),
            (host.Minter.Sign(host.Minter.Person(), header => header["crit"] = "exp"), AccessFailureReason.UnsupportedHeader),
            (forger.Sign(host.Minter.Person(), header => header["kid"] = host.Minter.Key.Kid), AccessFailureReason.BadSignature),
            (forger.MintPerson(), AccessFailureReason.UnknownKey),
            (new string('a', 20_000), AccessFailureReason.TooLong),
        ];

        foreach (var (token, reason) in cases)
        {
            (await ValidateAsync(host, token)).Reason.ShouldBe(reason);
        }
    }

    [Fact]
    public async Task Without_keys_there_is_a_time_to_come_back()
    {
        await using var host = await AccessHost.StartAsync();
        host.Endpoint.Fail();
        var result = await ValidateAsync(host, host.Minter.MintPerson());

        result.Reason.ShouldBe(AccessFailureReason.KeysUnavailable);
        result.RetryAfter.ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_caller_that_gives_up_ends_its_wait_only()
    {
        await using var host = await AccessHost.StartAsync();
        var gate = host.Endpoint.Hold();
        using var patience = new CancellationTokenSource();
        var token = host.Minter.MintPerson();
        var impatient = ValidateAsync(host, token, cancellationToken: patience.Token);
        var patient = ValidateAsync(host, token);

        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => impatient);
        gate.SetResult();

        (await patient).Succeeded.ShouldBeTrue();
        host.Endpoint.Count.ShouldBe(1);
        await Should.ThrowAsync<OperationCanceledException>(() => ValidateAsync(host, token, cancellationToken: patience.Token));
    }

    [Fact]
    public async Task No_event_of_the_scheme_is_called()
    {
        await using var host = await AccessHost.StartAsync(options =>
        {
            options.Events.OnTokenValidated = _ => throw new InvalidOperationException("There is no request.");
            options.Events.OnAuthenticationFailed = _ => throw new InvalidOperationException("There is no request.");
        });

        (await ValidateAsync(host, host.Minter.MintPerson())).Succeeded.ShouldBeTrue();
        (await ValidateAsync(host, "abc")).Succeeded.ShouldBeFalse();
    }

    [Fact]
    public async Task A_scheme_is_asked_by_its_name()
    {
        await using var host = await AccessHost.StartAsync(build: builder => builder.Services.AddAuthentication().AddCloudflareAccess("Partner", options =>
        {
            options.TeamDomain = "partner";
            options.Audiences = [TestTeam.PartnerAudience];
            options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
        }));
        var token = host.Minter.MintPerson(payload => (payload["iss"], payload["aud"]) = (TestTeam.PartnerIssuer, TestTeam.PartnerAudience));

        (await ValidateAsync(host, token, "Partner")).Principal!.Identity!.AuthenticationType.ShouldBe("Partner");
        (await ValidateAsync(host, token)).Reason.ShouldBe(AccessFailureReason.UnknownIssuer);
        var exception = await Should.ThrowAsync<ArgumentException>(() => ValidateAsync(host, token, "Other"));
        exception.Message.ShouldContain("no Cloudflare Access settings 'Other'");
        exception.Message.ShouldContain("CloudflareAccess, Partner");
    }

    [Fact]
    public async Task It_is_counted_and_logged_without_what_the_token_holds()
    {
        await using var host = await AccessHost.StartAsync();
        using var validations = host.Services.CollectMeasurements<long>("cloudflare_access.token.validations");

        await ValidateAsync(host, host.Minter.MintPerson());
        await ValidateAsync(host, "abc");

        validations.GetTags().ShouldBe(["result=accepted source=application", "result=refused reason=malformed source=application"]);
        host.LastReason.ShouldBe("malformed");
        host.Log.Named("TokenRefused").Single().Message.ShouldBe("Refused a Cloudflare Access token from the application: malformed.");
        host.Log.Named("TokenAccepted").Single().Message.ShouldBe("Accepted a Cloudflare Access token from the application.");
    }

    private static Task<AccessTokenResult> ValidateAsync(
        AccessHost host, string? token, string scheme = "CloudflareAccess", CancellationToken cancellationToken = default) =>
        host.Services.GetRequiredService<ICloudflareAccessTokenValidator>().ValidateAsync(token, scheme, cancellationToken).AsTask();
}
