using System.Text.RegularExpressions;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>The words that dashboards and alerts are built on: of every failure reason and of every source, in log and metric.</summary>
public sealed partial class WordTests
{
    private const string Cookie = CloudflareAccessDefaults.AuthorizationCookie;

    [Fact]
    public void Every_reason_has_its_name_in_lower_case_with_underscores_for_a_word()
    {
        var reasons = Enum.GetValues<AccessFailureReason>();

        reasons.Select(FailureWords.Of).ShouldBe(
        [
            "multiple_tokens", "too_long", "malformed", "unsupported_algorithm", "unsupported_header", "unknown_issuer", "unknown_key",
            "keys_not_current", "keys_unavailable", "bad_signature", "wrong_audience", "wrong_type", "expired", "not_yet_valid",
            "issued_in_future", "invalid_claims", "identity_unavailable", "rejected_by_event",
        ]);
        reasons.Select(FailureWords.Of).ShouldBe(reasons.Select(reason => NextWord().Replace(reason.ToString(), "_").ToLowerInvariant()));
    }

    [Fact]
    public void What_is_no_reason_has_no_word() =>
        Should.Throw<ArgumentOutOfRangeException>(() => FailureWords.Of(default)).Message.ShouldStartWith("Not a failure reason.");

    [Theory]
    [InlineData("header")]
    [InlineData("cookie")]
    [InlineData("event")]
    public async Task Log_and_metric_tell_where_a_token_came_from(string source)
    {
        await using var host = await AccessHost.StartAsync(options => options.Events.OnMessageReceived = context =>
        {
            context.Token = context.Request.Headers["X-Event"];
            return Task.CompletedTask;
        });
        using var validations = host.Services.CollectMeasurements<long>("cloudflare_access.token.validations");

        using var accepted = await host.GetAsync("/me", HeaderOf(host.Minter.MintPerson()));
        validations.GetTags()[^1].ShouldBe($"result=accepted source={source}");
        host.Log.Named("TokenAccepted").Single().Message.ShouldBe($"Accepted a Cloudflare Access token from the {source}.");

        using var refused = await host.GetAsync("/me", HeaderOf(host.Minter.MintPerson(payload => payload["type"] = "org")));
        validations.GetTags()[^1].ShouldBe($"result=refused reason=wrong_type source={source}");
        host.Log.Named("TokenRefused").Single().Message.ShouldBe($"Refused a Cloudflare Access token from the {source}: wrong_type.");

        (string, string) HeaderOf(string token) => source switch
        {
            "header" => (CloudflareAccessDefaults.AssertionHeader, token),
            "cookie" => ("Cookie", $"{Cookie}={token}"),
            _ => ("X-Event", token),
        };
    }

    [Fact]
    public async Task Log_and_metric_tell_an_unknown_key_from_keys_that_may_be_old()
    {
        await using var host = await AccessHost.StartAsync();
        using var validations = host.Services.CollectMeasurements<long>("cloudflare_access.token.validations");
        var stranger = new TokenMinter(host.Clock, TestKey.Get("next"));
        await host.StatusAsync(host.Minter.MintPerson());

        await host.StatusAsync(stranger.MintPerson());
        validations.GetTags()[^1].ShouldBe("result=refused reason=unknown_key source=header");
        host.LastReason.ShouldBe("unknown_key");

        host.Clock.AdjustTime(host.Clock.GetUtcNow() + TimeSpan.FromMinutes(5));
        host.Endpoint.Fail();
        await host.StatusAsync(stranger.MintPerson());
        validations.GetTags()[^1].ShouldBe("result=refused reason=keys_not_current source=header");
        host.LastReason.ShouldBe("keys_not_current");
    }

    [GeneratedRegex("(?<=.)(?=[A-Z])")]
    private static partial Regex NextWord();
}
