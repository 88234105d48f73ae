using CfAccess.AspNetCore.Diagnostics;

namespace CfAccess.AspNetCore.Tokens.Cache;

/// <summary>
/// The tokens that one scheme found good. A hit spares the cryptography and nothing else: the lifetime, the key and the trust in its key
/// set are looked at each time.
/// </summary>
internal sealed class TokenCache
{
    /// <summary>Access sends about 1,000 characters. A few that are far longer would push out many.</summary>
    internal const int LongestToken = 4096;

    /// <summary>A signature by the smallest key that is used has as many characters, so nothing shorter is ever kept.</summary>
    internal const int ShortestToken = 342;

    private readonly TokenTable _tokens;
    private readonly ClaimRules _rules;
    private readonly TimeProvider _timeProvider;
    private readonly AccessMetrics _metrics;

    public TokenCache(CloudflareAccessTokenCacheOptions options, ClaimRules rules, TimeProvider timeProvider, AccessMetrics metrics)
    {
        _tokens = new TokenTable(options.MaximumEntries, options.MaximumBytes);
        _rules = rules;
        _timeProvider = timeProvider;
        _metrics = metrics;
        metrics.Observe(this);
    }

    public int Count => _tokens.Count;

    /// <returns>The token as it was validated, if it would be validated again.</returns>
    public ValidatedToken? Find(string token)
    {
        var found = token.Length is >= ShortestToken and <= LongestToken ? FindGood(token) : null;
        _metrics.TokenLookedUp(isHit: found is not null);
        return found;
    }

    /// <summary>Keeps a token that was validated a moment ago.</summary>
    public void Add(string token, ValidatedToken validated)
    {
        if (token.Length <= LongestToken)
        {
            _tokens.Add(token, validated, CachedSize.Of(token, validated));
        }
    }

    private ValidatedToken? FindGood(string token)
    {
        if (_tokens.Find(token) is not { } entry)
        {
            return null;
        }

        var now = _timeProvider.GetUtcNow();
        if (_rules.CheckLifetime(entry.Validated.Lifetime, now) is null && entry.Validated.HasTrustedKey(now))
        {
            return entry.Validated;
        }

        _tokens.Remove(entry);
        return null;
    }
}
