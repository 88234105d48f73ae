using System.Text.Json.Nodes;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>The rules by themselves, to the tick; they ask for no key.</summary>
public sealed class ClaimRulesTests
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly TestClock _clock = new();

    [Fact]
    public void A_token_is_accepted_until_the_last_tick_of_the_skew_after_its_end() => ShouldTurn(
        claims => claims["exp"] = Seconds(Now), before: null, at: Skew, after: AccessFailureReason.Expired);

    [Fact]
    public void A_token_is_accepted_from_the_first_tick_of_the_skew_before_its_beginning() => ShouldTurn(
        claims => claims["nbf"] = Seconds(Now), before: AccessFailureReason.NotYetValid, at: -Skew, after: null);

    [Fact]
    public void A_token_is_accepted_from_the_first_tick_of_the_skew_before_it_was_made() => ShouldTurn(
        claims => claims["iat"] = Seconds(Now), before: AccessFailureReason.IssuedInFuture, at: -Skew, after: null);

    [Fact]
    public void A_token_may_begin_in_the_second_in_which_it_ends_and_not_later()
    {
        Judge(claims => (claims["nbf"], claims["exp"]) = (Seconds(Now), Seconds(Now))).ShouldBeNull();
        Judge(claims =>
        {
            claims["exp"] = Seconds(Now);
            claims["nbf"] = Seconds(Now) + 1;
        }).ShouldBe(AccessFailureReason.InvalidClaims);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(TestTeam.PartnerIssuer)]
    [InlineData(TestTeam.Issuer + "/")]
    public void Claims_of_another_issuer_are_refused_whoever_chose_the_team(string? issuer) =>
        Judge(claims =>
        {
            claims.Remove("iss");
            if (issuer is not null)
            {
                claims["iss"] = issuer;
            }
        }).ShouldBe(AccessFailureReason.UnknownIssuer);

    [Fact]
    public void Claims_without_an_audience_are_refused_as_incomplete_and_for_another_as_foreign()
    {
        Judge(claims => claims.Remove("aud")).ShouldBe(AccessFailureReason.InvalidClaims);
        Judge(claims => claims["aud"] = new JsonArray(TestTeam.OtherAudience)).ShouldBe(AccessFailureReason.WrongAudience);
        Judge(claims => claims["aud"] = new JsonArray(TestTeam.OtherAudience, TestTeam.Audience)).ShouldBeNull();
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Judges the same claims a tick before a moment, and at it.</summary>
    private void ShouldTurn(Action<JsonObject> change, AccessFailureReason? before, TimeSpan at, AccessFailureReason? after)
    {
        var claims = Good();
        change(claims);
        var start = Now;

        _clock.AdjustTime(start + at - Tick);
        Judge(claims).ShouldBe(before);
        _clock.AdjustTime(start + at);
        Judge(claims).ShouldBe(after);
    }

    private AccessFailureReason? Judge(Action<JsonObject> change)
    {
        var claims = Good();
        change(claims);
        return Judge(claims);
    }

    private AccessFailureReason? Judge(JsonObject claims)
    {
        PayloadReader.TryRead(new TokenMinter(_clock).Sign("{}", claims.ToJsonString()), out var read).ShouldBeNull();
        return new ClaimRules(Skew, _clock).Check(
            read,
            new AccessTeam(TestTeam.Issuer, [TestTeam.Audience], groupsClaim: null, groupsFromIdentity: false, keys: null!, identities: null!));
    }

    private JsonObject Good() => new()
    {
        ["iss"] = TestTeam.Issuer,
        ["aud"] = new JsonArray(TestTeam.Audience),
        ["type"] = "app",
        ["exp"] = Seconds(Now + TimeSpan.FromHours(1)),
    };

    private static long Seconds(DateTimeOffset time) => time.ToUnixTimeSeconds();
}
