using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens.Cache;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>
/// A token's walk in one scheme: cache, screen, team, claims, key, signature. The first step after the cache that says no ends it.
/// </summary>
internal sealed class TokenValidator(
    IReadOnlyList<AccessTeam> teams,
    int maximumTokenLength,
    ClaimRules rules,
    PrincipalFactory callers,
    TokenCache? cache,
    AccessTraces traces) : IDisposable
{
    private readonly Dictionary<string, AccessTeam> _teams = teams.ToDictionary(team => team.Issuer, StringComparer.Ordinal);
    private readonly KnownHeaders _headers = new();

    public IReadOnlyList<AccessTeam> Teams => teams;

    public ValueTask<TokenOutcome> ValidateAsync(string token, CancellationToken cancellationToken) =>
        cache?.Find(token) is { } known ? new(known)
        : traces.IsHeard ? TraceAsync(token, cancellationToken)
        : JudgeAsync(token, cancellationToken);

    public void Dispose()
    {
        foreach (var team in teams)
        {
            team.Keys.Dispose();
            team.Identities.Dispose();
        }
    }

    private async ValueTask<TokenOutcome> TraceAsync(string token, CancellationToken cancellationToken)
    {
        using var activity = traces.StartValidation();
        var outcome = await JudgeAsync(token, cancellationToken).ConfigureAwait(false);
        activity?.Tell(outcome);
        return outcome;
    }

    private async ValueTask<TokenOutcome> JudgeAsync(string token, CancellationToken cancellationToken)
    {
        if (TokenScreen.Check(token, maximumTokenLength, _headers, out var kid) is { } screened)
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

        // Nor may these claims grant anything yet. They spare the cryptography for an expired token, and a token that would not pass even
        // with its key, such as an old cookie or another application's token, causes no fetch.
        if (rules.Check(claims, team) is { } unacceptable)
        {
            return unacceptable;
        }

        var resolution = await team.Keys.ResolveAsync(kid, cancellationToken).ConfigureAwait(false);
        if (resolution.Key is not { } key)
        {
            return TokenFailure.Of(resolution);
        }

        if (!TokenSignature.IsBy(key, token))
        {
            return AccessFailureReason.BadSignature;
        }

        // The wait for a key may have been longer than the token had left.
        if (rules.CheckLifetime(claims.Lifetime) is { } over)
        {
            return over;
        }

        var validated = new ValidatedToken(callers.Prepare(token, claims, team), claims.Lifetime, team, key);
        _headers.Add(token.AsSpan(0, token.IndexOf('.', StringComparison.Ordinal)), kid);
        cache?.Add(token, validated);
        return validated;
    }
}
