using System.Runtime.InteropServices;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.ExternalEvaluation;

/// <summary>A request token's walk: screen, claims, key, signature. The first step that says no ends it.</summary>
internal sealed class EvaluationVerifier(AccessTeam team, ClaimRules lifetimes, IdentityParser identities)
{
    private readonly EvaluationRules _rules = new(team.Issuer, lifetimes);
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = EvaluationBody.Largest };

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

        if (identities.Read(JsonMarshal.GetRawUtf8Value(claims.Identity!.Value).ToArray()) is not { } identity)
        {
            return (null, EvaluationRefusal.Malformed);
        }

        var resolution = await team.Keys.ResolveAsync(kid, cancellationToken).ConfigureAwait(false);
        if (resolution.Key is not { } key)
        {
            return (null, EvaluationRefusal.Of(TokenFailure.Of(resolution)));
        }

        var result = await _handler.ValidateTokenAsync(token, ParametersFor(key)).ConfigureAwait(false);
        return result.IsValid
            ? (new EvaluationRequest(identity, claims.Nonce!, claims.Expiration!.Value), default)
            : (null, RefusalOf(result.Exception, claims));
    }

    /// <summary>The claims were acceptable a moment ago, so it is the signature, or time has passed. Any other failure is one all the same.</summary>
    private EvaluationRefusal RefusalOf(Exception exception, EvaluationClaims claims) =>
        exception is SecurityTokenInvalidSignatureException
            ? EvaluationRefusal.Of(AccessFailureReason.BadSignature)
            : _rules.Check(claims) ?? EvaluationRefusal.Malformed;

    /// <summary>Issuer and audience are not documented; what is known of the issuer stands in the rules.</summary>
    private TokenValidationParameters ParametersFor(SecurityKey key) => new()
    {
        ValidateIssuer = false,
        ValidateAudience = false,
        IssuerSigningKey = key,
        TryAllIssuerSigningKeys = false,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) => lifetimes.CheckLifetime(TokenLifetime.Of(notBefore, expires)) is null,
    };
}
