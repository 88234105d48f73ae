using System.Text;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>A request token's walk: screen, claims, key, signature. The first step that says no ends it.</summary>
internal sealed class EvaluationVerifier(AccessTeam team, ClaimRules lifetimes, IdentityParser identities)
{
    private readonly EvaluationRules _rules = new(team.Issuer, lifetimes);

    /// <returns>The request, or why it is none.</returns>
    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public async ValueTask<(EvaluationRequest? Request, EvaluationRefusal Refusal)> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        if (TokenScreen.Check(token, EvaluationBody.Largest, out var kid) is { } screened)
        {
            return (null, EvaluationRefusal.Of(screened));
        }

        if (EvaluationClaims.TryRead(token, out var claims) is { } unreadable)
        {
            return (null, EvaluationRefusal.Of(unreadable));
        }

        // Unverified so far: a token that would not pass even with its key costs no cryptography and causes no fetch.
        if (_rules.Check(claims) is { } unacceptable)
        {
            return (null, unacceptable);
        }

        var resolution = await team.Keys.ResolveAsync(kid, cancellationToken).ConfigureAwait(false);
        if (resolution.Key is not { } key)
        {
            return (null, EvaluationRefusal.Of(TokenFailure.Of(resolution)));
        }

        // Issuer and audience are not documented; what is known of the issuer stands in the rules.
        if (!TokenSignature.IsBy(key, Encoding.ASCII.GetBytes(token)))
        {
            return (null, EvaluationRefusal.Of(AccessFailureReason.BadSignature));
        }

        // The wait for a key may have been longer than the token had left.
        if (_rules.Check(claims) is { } over)
        {
            return (null, over);
        }

        return identities.Read(claims.Identity) is { } identity
            ? (new EvaluationRequest(identity, claims.Nonce!, claims.Expiration!.Value), default)
            : (null, EvaluationRefusal.Malformed);
    }
}
