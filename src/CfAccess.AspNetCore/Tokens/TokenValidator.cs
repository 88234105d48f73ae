using System.Text;
using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Keys;
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
    private readonly KnownHeaders _headers = new();

    public IReadOnlyList<AccessTeam> Teams => teams;

    /// <summary>Waits only where the keys in memory do not decide.</summary>
    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public ValueTask<TokenOutcome> ValidateAsync(string token, LazyCancellation cancellation) =>
        cache?.Find(token) is { } known ? new(known)
        : traces.IsHeard ? TraceAsync(token, cancellation)
        : JudgeAsync(token, cancellation);

    public void Dispose()
    {
        foreach (var team in teams)
        {
            team.Keys.Dispose();
            team.Identities.Dispose();
        }
    }

    private async ValueTask<TokenOutcome> TraceAsync(string token, LazyCancellation cancellation)
    {
        using var scope = traces.StartValidation();
        var outcome = await JudgeAsync(token, cancellation).ConfigureAwait(false);
        scope.Activity?.Tell(outcome);
        return outcome;
    }

    private ValueTask<TokenOutcome> JudgeAsync(string token, LazyCancellation cancellation)
    {
        if (TokenScreen.Check(token, maximumTokenLength, _headers, out var kid) is { } screened)
        {
            return new(screened);
        }

        var now = rules.Now;

        // A flood of forged keys ends here. Of several teams the token has to be read to know whose it says it is.
        if (teams is [var only] && only.Keys.FindRefused(kid, now) is { } refused)
        {
            return new(TokenFailure.Of(refused));
        }

        if (PayloadReader.TryRead(token, out var claims) is { } unreadable)
        {
            return new(unreadable);
        }

        // Unverified so far: the issuer only chooses among the configured teams.
        if (AccessTeam.Of(claims, teams) is not { } team)
        {
            return new(AccessFailureReason.UnknownIssuer);
        }

        // Nor may these claims grant anything yet. They spare the cryptography for an expired token, and a token that would not pass even
        // with its key, such as an old cookie or another application's token, causes no fetch.
        if (rules.Check(claims, team, now) is { } unacceptable)
        {
            return new(unacceptable);
        }

        var resolving = team.Keys.ResolveAsync(kid, now, cancellation);
        return resolving.IsCompletedSuccessfully
            ? new(Verify(token, kid, claims, team, resolving.Result))
            : WaitAsync(resolving, token, kid, claims, team);
    }

    private async ValueTask<TokenOutcome> WaitAsync(
        ValueTask<KeyResolution> resolving, string token, string kid, TokenClaims claims, AccessTeam team)
    {
        var resolution = await resolving.ConfigureAwait(false);

        // It may have been longer than the token had left.
        return resolution.Key is not null && rules.CheckLifetime(claims.Lifetime) is { } over
            ? over
            : Verify(token, kid, claims, team, resolution);
    }

    private TokenOutcome Verify(string token, string kid, TokenClaims claims, AccessTeam team, KeyResolution resolution)
    {
        if (resolution.Key is not { } key)
        {
            return TokenFailure.Of(resolution);
        }

        var ascii = Encoding.ASCII.GetBytes(token);
        if (!TokenSignature.IsBy(key, ascii))
        {
            return AccessFailureReason.BadSignature;
        }

        var validated = new ValidatedToken(callers.Prepare(ascii, claims, team), claims.Lifetime, team, key);
        _headers.Add(token.AsSpan(0, token.IndexOf('.', StringComparison.Ordinal)), kid);
        cache?.Add(token, validated);
        return validated;
    }
}
