using CfAccess.AspNetCore.Teams;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>What the claims of an application token must say, beyond being signed.</summary>
internal sealed class ClaimRules(TimeSpan clockSkew, TimeProvider timeProvider)
{
    /// <summary>The one kind of token that proves a login; the account's key signs others that anyone can get.</summary>
    public const string ApplicationToken = "app";

    private static ReadOnlySpan<byte> ApplicationTokenUtf8 => "app"u8;

    public DateTimeOffset Now => timeProvider.GetUtcNow();

    public AccessFailureReason? Check(TokenClaims claims, AccessTeam team) => Check(claims, team, Now);

    public AccessFailureReason? Check(TokenClaims claims, AccessTeam team, DateTimeOffset now)
    {
        if (!team.HasIssued(claims))
        {
            return AccessFailureReason.UnknownIssuer;
        }

        if (!claims.Type.Is(ApplicationTokenUtf8))
        {
            return AccessFailureReason.WrongType;
        }

        if (!claims.HasAudience)
        {
            return AccessFailureReason.InvalidClaims;
        }

        return team.Accepts(claims) ? CheckLifetime(claims.Lifetime, now) : AccessFailureReason.WrongAudience;
    }

    public AccessFailureReason? CheckLifetime(TokenLifetime lifetime) => CheckLifetime(lifetime, Now);

    /// <summary>Source: RFC 7519, sections 4.1.4 to 4.1.6; the leeway is <see cref="CloudflareAccessOptions.ClockSkew"/>.</summary>
    public AccessFailureReason? CheckLifetime(TokenLifetime lifetime, DateTimeOffset now) => lifetime switch
    {
        { Expiration: null } => AccessFailureReason.InvalidClaims,
        { Expiration: { } expiration } when now - clockSkew >= expiration => AccessFailureReason.Expired,
        { NotBefore: { } notBefore } when now + clockSkew < notBefore => AccessFailureReason.NotYetValid,
        { IssuedAt: { } issuedAt } when now + clockSkew < issuedAt => AccessFailureReason.IssuedInFuture,
        { NotBefore: { } notBefore, Expiration: { } expiration } when notBefore > expiration => AccessFailureReason.InvalidClaims,
        _ => null,
    };
}
