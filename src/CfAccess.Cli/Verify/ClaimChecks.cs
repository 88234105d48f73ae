using System.Globalization;
using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Cli.Output;

namespace CfAccess.Cli.Verify;

/// <summary>What the payload has to say, before its signature is worth a look.</summary>
internal static class ClaimChecks
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new("payload", [AccessFailureReason.Malformed], subject => subject.Payload is not { } payload ? null : Finding.When(
            payload.Problem != AccessFailureReason.Malformed,
            payload.Problem == AccessFailureReason.Malformed ? "not one JSON object, or a member is there twice" : "one JSON object",
            "one JSON object",
            AccessFailureReason.Malformed)),
        new("claims", [AccessFailureReason.InvalidClaims], subject => subject.Payload is not { Problem: not AccessFailureReason.Malformed } payload ? null : Finding.When(
            payload.Problem is null,
            payload.Problem is null ? "of the right types" : "one is of a wrong type",
            "of the right types",
            AccessFailureReason.InvalidClaims)),
        new("issuer", [AccessFailureReason.UnknownIssuer], Issuer),
        new("type", [AccessFailureReason.WrongType], subject => subject.Claims is not { } claims ? null : Finding.When(
            claims.Type.GetString() == ClaimRules.ApplicationToken, claims.Type.GetString() ?? "none given", ClaimRules.ApplicationToken, AccessFailureReason.WrongType)),
        new("audience", [AccessFailureReason.InvalidClaims, AccessFailureReason.WrongAudience], Audience),
        new("expiration", [AccessFailureReason.InvalidClaims, AccessFailureReason.Expired], subject => OfTimes(
            subject, claims => claims.Expiration, (time, rules) => rules.CheckLifetime(new(time, null, null)), "after")),
        new("not before", [AccessFailureReason.NotYetValid], subject => OfTimes(
            subject, claims => claims.NotBefore, (time, rules) => rules.CheckLifetime(new(DateTimeOffset.MaxValue, time, null)), "not after")),
        new("issued at", [AccessFailureReason.IssuedInFuture], subject => OfTimes(
            subject, claims => claims.IssuedAt, (time, rules) => rules.CheckLifetime(new(DateTimeOffset.MaxValue, null, time)), "not after")),
        new("times", [AccessFailureReason.InvalidClaims], Order),
    ];

    private static Finding? Issuer(CheckSubject subject) => subject.Claims is not { } claims ? null : Finding.When(
        subject.Team is not null,
        claims.Issuer.GetString() ?? "none given",
        string.Join(" or ", subject.Teams.Select(team => team.Issuer)),
        AccessFailureReason.UnknownIssuer);

    private static Finding? Audience(CheckSubject subject)
    {
        // Of which team it would have to be is not known of an issuer that is none of them.
        if (subject.Claims is not { } claims || (subject.Team ?? (subject.Teams is [var only] ? only : null)) is not { } team)
        {
            return null;
        }

        var isThere = claims.HasAudience;
        return Finding.When(
            isThere && team.Accepts(claims),
            isThere ? string.Join(", ", claims.Audiences) : "none given",
            string.Join(" or ", team.Audiences),
            isThere ? AccessFailureReason.WrongAudience : AccessFailureReason.InvalidClaims);
    }

    private static Finding? OfTimes(
        CheckSubject subject, Func<TokenClaims, DateTimeOffset?> claim, Func<DateTimeOffset?, ClaimRules, AccessFailureReason?> rule, string relation)
    {
        if (subject.Claims is not { } claims)
        {
            return null;
        }

        var time = claim(claims);
        return new Finding(
            time is { } at ? $"{Times.Utc(at)}, {Times.Relative(at, subject.Now)}" : "none given",
            $"{relation} {Times.Utc(subject.Now)}, {subject.Options.ClockSkew.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s of tolerance",
            rule(time, subject.Rules));
    }

    private static Finding? Order(CheckSubject subject)
    {
        if (subject.Claims is not { } claims)
        {
            return null;
        }

        // Whatever else is wrong with them was told already.
        var isTurned = claims.Expiration is not null && subject.Rules.CheckLifetime(claims.Lifetime) == AccessFailureReason.InvalidClaims;
        return Finding.When(
            !isTurned, isTurned ? "nbf is after exp" : "in order", "in order", AccessFailureReason.InvalidClaims);
    }
}
