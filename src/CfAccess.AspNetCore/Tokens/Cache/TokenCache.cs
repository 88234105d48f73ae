using CfAccess.AspNetCore.Diagnostics;
using Microsoft.Extensions.Caching.Memory;

namespace CfAccess.AspNetCore.Tokens.Cache;

/// <summary>
/// The tokens that one scheme found good. A hit spares the cryptography and nothing else: the lifetime, the key and the trust in its key
/// set are looked at each time.
/// </summary>
internal sealed class TokenCache : IDisposable
{
    /// <summary>Access sends about 1,000 characters. A few that are far longer would push out many.</summary>
    internal const int LongestToken = 4096;

    /// <summary>A signature by the smallest key that is used has as many characters, so nothing shorter is ever kept.</summary>
    private const int ShortestToken = 342;

    private readonly MemoryCache _tokens;
    private readonly ClaimRules _rules;
    private readonly TimeProvider _timeProvider;
    private readonly AccessMetrics _metrics;
    private readonly long _smallestSize;

    public TokenCache(CloudflareAccessTokenCacheOptions options, ClaimRules rules, TimeProvider timeProvider, AccessMetrics metrics)
    {
        _rules = rules;
        _timeProvider = timeProvider;
        _metrics = metrics;
        _tokens = new MemoryCache(new MemoryCacheOptions { Clock = new CacheClock(timeProvider), SizeLimit = options.MaximumBytes });

        // The cache has one limit. An entry that takes at least its share of it keeps the other.
        _smallestSize = (options.MaximumBytes + options.MaximumEntries - 1) / options.MaximumEntries;
        metrics.Observe(this);
    }

    public int Count => _tokens.Count;

    /// <returns>The token as it was validated, if it would be validated again.</returns>
    public ValidatedToken? Find(string token)
    {
        var found = token.Length is >= ShortestToken and <= LongestToken ? FindGood(new TokenKey(token)) : null;
        _metrics.TokenLookedUp(isHit: found is not null);
        return found;
    }

    /// <summary>Keeps a token that was validated a moment ago. Without room it is passed over, and room is made behind.</summary>
    public void Add(string token, ValidatedToken validated)
    {
        if (token.Length > LongestToken)
        {
            return;
        }

        using var entry = _tokens.CreateEntry(validated.Caller.Person is { } person ? TokenKey.Keep(person.Token) : TokenKey.Keep(token));
        entry.Value = validated;
        entry.Size = Math.Max(_smallestSize, CachedSize.Of(token, validated));
        entry.AbsoluteExpiration = _rules.EndOf(validated.Lifetime);
    }

    public void Dispose() => _tokens.Dispose();

    private ValidatedToken? FindGood(TokenKey key)
    {
        if (!_tokens.TryGetValue(key, out var found) || found is not ValidatedToken validated)
        {
            return null;
        }

        var now = _timeProvider.GetUtcNow();
        if (_rules.CheckLifetime(validated.Lifetime, now) is null && validated.HasTrustedKey(now))
        {
            return validated;
        }

        _tokens.Remove(key);
        return null;
    }
}
