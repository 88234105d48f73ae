using System.Buffers.Binary;
using Microsoft.AspNetCore.DataProtection;

namespace CfAccess.AspNetCore.Sharing;

/// <summary>
/// Entries that instances share through the application's distributed cache. They are protected, because anyone who can write them can log in as anyone.
/// Sharing is an aid: whatever goes wrong is a miss and harms no request.
/// </summary>
/// <param name="cache">The application's cache.</param>
/// <param name="protection">The application's Data Protection.</param>
/// <param name="timeProvider">The clock of the entries.</param>
/// <param name="report">Reports a problem, as a sentence without its end. It is called once for each problem with entries, and once each time the cache fails.</param>
internal sealed class SharedEntries(ResponsiveCache cache, IDataProtectionProvider protection, TimeProvider timeProvider, Action<string> report)
{
    private const int TimeLength = sizeof(long);

    private readonly Lock _gate = new();
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);
    private bool _isCacheFailing;

    /// <param name="key">The key of the entry in the cache.</param>
    /// <param name="purposes">What the entry is protected for.</param>
    /// <param name="cancellationToken">The application ends.</param>
    /// <returns>The entry, or null if it is missing or must not be used.</returns>
    /// <exception cref="OperationCanceledException">The application ends.</exception>
    public async Task<SharedEntry?> ReadAsync(string key, IReadOnlyList<string> purposes, CancellationToken cancellationToken)
    {
        var (stored, problem) = await cache.GetAsync(key, cancellationToken).ConfigureAwait(false);
        ReportCache(problem);
        return stored is null ? null : Open(stored, purposes);
    }

    /// <param name="key">The key of the entry in the cache.</param>
    /// <param name="purposes">What the entry is protected for.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="lifetime">How long the cache keeps it.</param>
    /// <param name="cancellationToken">The application ends.</param>
    /// <exception cref="OperationCanceledException">The application ends.</exception>
    public async Task WriteAsync(
        string key, IReadOnlyList<string> purposes, SharedEntry entry, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (Protect(entry, purposes) is { } stored)
        {
            ReportCache(await cache.SetAsync(key, stored, lifetime, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Reports, once, why an entry is not used.</summary>
    public void Ignore(string problem)
    {
        bool isNew;
        lock (_gate)
        {
            isNew = _reported.Add(problem);
        }

        if (isNew)
        {
            report(problem);
        }
    }

    private SharedEntry? Open(byte[] stored, IReadOnlyList<string> purposes)
    {
        byte[] content;
        try
        {
            content = protection.CreateProtector(purposes).Unprotect(stored);
        }
        catch (Exception)
        {
            // The key ring is the application's, and may throw anything.
            return Miss("Data Protection cannot decrypt the entry. Give all instances one key ring and the same SetApplicationName");
        }

        if (content.Length < TimeLength || BinaryPrimitives.ReadInt64BigEndian(content) is var milliseconds && milliseconds < 0)
        {
            return Miss("the entry has no time");
        }

        return milliseconds > timeProvider.GetUtcNow().ToUnixTimeMilliseconds()
            ? Miss("the entry is from the future. Check the clocks of the instances")
            : new SharedEntry(content.AsMemory(TimeLength), DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
    }

    private byte[]? Protect(SharedEntry entry, IReadOnlyList<string> purposes)
    {
        var content = new byte[TimeLength + entry.Content.Length];
        BinaryPrimitives.WriteInt64BigEndian(content, entry.RetrievedAt.ToUnixTimeMilliseconds());
        entry.Content.Span.CopyTo(content.AsSpan(TimeLength));
        try
        {
            return protection.CreateProtector(purposes).Protect(content);
        }
        catch (Exception exception)
        {
            // As above.
            Ignore($"Data Protection cannot encrypt the entry ({exception.GetType().Name}). Check its key ring");
            return null;
        }
    }

    private SharedEntry? Miss(string problem)
    {
        Ignore(problem);
        return null;
    }

    private void ReportCache(CacheProblem? problem)
    {
        bool isNew;
        lock (_gate)
        {
            isNew = problem is not null && !_isCacheFailing;
            _isCacheFailing = problem is not null;
        }

        if (isNew)
        {
            report(problem!.Message);
        }
    }
}
