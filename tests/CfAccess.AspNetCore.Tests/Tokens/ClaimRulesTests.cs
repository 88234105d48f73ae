using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>The rules by themselves, to the tick; they ask for no key.</summary>
public sealed class ClaimRulesTests
{
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void A_token_is_accepted_until_the_last_tick_of_the_skew_after_its_end() => ShouldTurn(
        claims => claims.Expiration = Now, before: null, at: Skew, after: AccessFailureReason.Expired);

    [Fact]
    public void A_token_is_accepted_from_the_first_tick_of_the_skew_before_its_beginning() => ShouldTurn(
        claims => claims.NotBefore = Now, before: AccessFailureReason.NotYetValid, at: -Skew, after: null);

    [Fact]
    public void A_token_is_accepted_from_the_first_tick_of_the_skew_before_it_was_made() => ShouldTurn(
        claims => claims.IssuedAt = Now, before: AccessFailureReason.IssuedInFuture, at: -Skew, after: null);

    [Fact]
    public void A_token_may_begin_in_the_second_in_which_it_ends_and_not_later()
    {
        Judge(claims => claims.NotBefore = claims.Expiration = Now).ShouldBeNull();
        Judge(claims =>
        {
            claims.Expiration = Now;
            claims.NotBefore = Now + TimeSpan.FromSeconds(1);
        }).ShouldBe(AccessFailureReason.InvalidClaims);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(TestTeam.PartnerIssuer)]
    [InlineData(TestTeam.Issuer + "/")]
    public void Claims_of_another_issuer_are_refused_whoever_chose_the_team(string? issuer) =>
        Judge(claims => claims.Issuer = issuer).ShouldBe(AccessFailureReason.UnknownIssuer);

    [Fact]
    public void Claims_without_an_audience_are_refused_as_incomplete_and_for_another_as_foreign()
    {
        Judge(claims => claims.Audiences.Clear()).ShouldBe(AccessFailureReason.InvalidClaims);
        Judge(claims => claims.Audiences[0] = TestTeam.OtherAudience).ShouldBe(AccessFailureReason.WrongAudience);
        Judge(claims => claims.Audiences.Insert(0, TestTeam.OtherAudience)).ShouldBeNull();
    }

    private DateTimeOffset Now => _clock.GetUtcNow();

    /// <summary>Judges the same claims a tick before a moment, and at it.</summary>
    private void ShouldTurn(Action<TokenClaims> change, AccessFailureReason? before, TimeSpan at, AccessFailureReason? after)
    {
        var claims = Good();
        change(claims);
        var start = Now;

        _clock.Set(start + at - Tick);
        Judge(claims).ShouldBe(before);
        _clock.Set(start + at);
        Judge(claims).ShouldBe(after);
    }

    private AccessFailureReason? Judge(Action<TokenClaims> change)
    {
        var claims = Good();
        change(claims);
        return Judge(claims);
    }

    private AccessFailureReason? Judge(TokenClaims claims) =>
        new ClaimRules(Skew, _clock).Check(
            claims,
            new AccessTeam(TestTeam.Issuer, [TestTeam.Audience], groupsClaim: null, groupsFromIdentity: false, keys: null!, identities: null!));

    private TokenClaims Good() => new()
    {
        Issuer = TestTeam.Issuer,
        Audiences = { TestTeam.Audience },
        Type = "app",
        Expiration = Now + TimeSpan.FromHours(1),
    };
}
