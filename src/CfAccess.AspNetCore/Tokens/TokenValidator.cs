using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Teams;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>A token's walk in one scheme: screen, claims, team, key, signature. The first step that says no ends it.</summary>
internal sealed class TokenValidator(IReadOnlyList<AccessTeam> teams, int maximumTokenLength, ClaimRules rules) : IDisposable
{
    private readonly Dictionary<string, AccessTeam> _teams = teams.ToDictionary(team => team.Issuer, StringComparer.Ordinal);
    private readonly TokenVerifier _verifier = new(maximumTokenLength, rules);

    public IReadOnlyList<AccessTeam> Teams => teams;

    public async ValueTask<TokenOutcome> ValidateAsync(string token, CancellationToken cancellationToken)
    {
        if (TokenScreen.Check(token, maximumTokenLength, out var kid) is { } screened)
        {
            return screened;
        }

        if (PayloadReader.TryRead(token, out var claims) is { } unreadable)
        {
            return unreadable;
        }

        // Unverified so far: the issuer only chooses among the configured teams.
        if (claims.Issuer is null || !_teams.TryGetValue(claims.Issuer, out var team))
        {
            return AccessFailureReason.UnknownIssuer;
        }

        var (key, failure) = await FindKeyAsync(kid, claims, team, cancellationToken).ConfigureAwait(false);
        if (key is null)
        {
            return failure;
        }

        var (verified, reason) = await _verifier.VerifyAsync(token, claims, team, key).ConfigureAwait(false);
        return verified is null ? reason : new ValidatedToken(verified, claims, team);
    }

    public void Dispose()
    {
        foreach (var team in teams)
        {
            team.Keys.Dispose();
        }
    }

    private async ValueTask<(SecurityKey? Key, TokenFailure Failure)> FindKeyAsync(
        string kid, TokenClaims claims, AccessTeam team, CancellationToken cancellationToken)
    {
        if (team.Keys.Find(kid) is { } known)
        {
            return (known, default);
        }

        // Only a token that would pass but for its key may cause a fetch: an old cookie or another application's token may not.
        if (rules.Check(claims, team) is { } reason)
        {
            return (null, reason);
        }

        var resolution = await team.Keys.ResolveAsync(kid, cancellationToken).ConfigureAwait(false);
        return resolution.Status switch
        {
            KeyStatus.Found => (resolution.Key, default),
            KeyStatus.Unknown => (null, AccessFailureReason.UnknownKey),
            KeyStatus.NotCurrent => (null, AccessFailureReason.KeysNotCurrent),
            _ => (null, new TokenFailure(AccessFailureReason.KeysUnavailable, resolution.RetryAfter)),
        };
    }
}
