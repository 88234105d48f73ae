using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>
/// What a request token must say, beyond being signed. The account's key signs tokens that anyone can get, so the shape of this one is all
/// that tells it from them. Cloudflare does not document whether it has <c>aud</c>, <c>iss</c> or <c>type</c>.
/// </summary>
internal sealed class EvaluationRules(string issuer, ClaimRules lifetimes)
{
    private const int LongestNonce = 512;
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);
    private static readonly string[] OtherTypes = [ClaimRules.ApplicationToken, "org", "meta", "match"];

    public EvaluationRefusal? Check(EvaluationClaims claims)
    {
        if (claims.Type is { } type && OtherTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            return EvaluationRefusal.Of(AccessFailureReason.WrongType);
        }

        if (claims.Issuer is { } named && named != issuer)
        {
            return EvaluationRefusal.Of(AccessFailureReason.UnknownIssuer);
        }

        if (claims is not { HasIdentity: true, Nonce.Length: > 0 and <= LongestNonce, IssuedAt: { } issued, Expiration: { } expires }
            || expires <= issued)
        {
            return EvaluationRefusal.Of(AccessFailureReason.InvalidClaims);
        }

        if (expires - issued > LongestLife)
        {
            return EvaluationRefusal.TooLongLived;
        }

        return lifetimes.CheckLifetime(claims.Lifetime) is { } reason ? EvaluationRefusal.Of(reason) : null;
    }
}
