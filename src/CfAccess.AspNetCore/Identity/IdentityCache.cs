using Microsoft.Extensions.Caching.Memory;

namespace CfAccess.AspNetCore.Identity;

/// <summary>What one team told of the callers behind its tokens, in memory, and for how long it said nothing.</summary>
internal sealed class IdentityCache(int maximumBytes, TimeProvider timeProvider) : IDisposable
{
    private const int BytesOfEntry = 2048;

    /// <summary>An answer is kept as it came, and its texts and groups again beside it.</summary>
    private const int BytesOfByte = 4;

    private readonly MemoryCache _lookups = new(
        new MemoryCacheOptions { Clock = new CacheClock(timeProvider), SizeLimit = maximumBytes });

    public IdentityLookup? Find(TokenHash token, DateTimeOffset now) =>
        _lookups.TryGetValue(token, out var found) && found is IdentityLookup lookup && lookup.Counts(now) ? lookup : null;

    /// <summary>
    /// Keeps a lookup until it counts no more. Without room it is passed over, and room is made behind; an answer that alone would take more than
    /// there is takes all of it.
    /// </summary>
    public void Add(TokenHash token, IdentityLookup lookup, int length)
    {
        using var entry = _lookups.CreateEntry(token);
        entry.Value = lookup;
        entry.Size = Math.Min(maximumBytes, BytesOfEntry + ((long)BytesOfByte * length));
        entry.AbsoluteExpiration = lookup.Until;
    }

    public void Dispose() => _lookups.Dispose();
}
