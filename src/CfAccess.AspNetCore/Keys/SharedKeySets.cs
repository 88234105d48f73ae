using CfAccess.AspNetCore.Sharing;

namespace CfAccess.AspNetCore.Keys;

/// <summary>The last fetched key set, shared with other instances, so that an instance that starts while the endpoint is down can serve.</summary>
internal sealed class SharedKeySets(SharedEntries entries, Uri url, CloudflareAccessKeyOptions options, TimeProvider timeProvider)
{
    private const string Purpose = "CfAccess.KeySet";
    private const string Version = "v1";

    private readonly string _key = $"{Purpose}:{Version}:{url.AbsoluteUri}";
    private readonly string[] _purposes = [Purpose, Version, url.AbsoluteUri];

    private Task _reading = Task.CompletedTask;

    /// <summary>Reads the shared set and hands it over if it is trusted. Called by one fetch at a time. A read that is still running is not repeated.</summary>
    /// <returns>The end of the read.</returns>
    public Task TakeAsync(Action<HeldKeys> take, CancellationToken cancellationToken)
    {
        return _reading = _reading.IsCompleted ? ReadAsync() : _reading;

        async Task ReadAsync()
        {
            if (await LoadAsync(cancellationToken).ConfigureAwait(false) is { } keys)
            {
                take(keys);
            }
        }
    }

    /// <summary>Reads the shared set, through the same filter as a response of the endpoint.</summary>
    /// <returns>The set with the time at which it was fetched, or null if no trusted set is stored.</returns>
    /// <exception cref="OperationCanceledException">The application ends.</exception>
    public async Task<HeldKeys?> LoadAsync(CancellationToken cancellationToken)
    {
        if (await entries.ReadAsync(_key, _purposes, cancellationToken).ConfigureAwait(false) is not { } entry)
        {
            return null;
        }

        if (timeProvider.GetUtcNow() - entry.RetrievedAt >= options.MaximumStaleness)
        {
            entries.Ignore("the entry is too old");
            return null;
        }

        var result = KeySetParser.Parse(entry.Content, options.MaximumKeys);
        if (!result.Succeeded)
        {
            entries.Ignore($"the entry is unusable ({result.Detail})");
            return null;
        }

        return new HeldKeys(result.Keys, entry.RetrievedAt);
    }

    /// <exception cref="OperationCanceledException">The application ends.</exception>
    public Task StoreAsync(ReadOnlyMemory<byte> document, DateTimeOffset retrievedAt, CancellationToken cancellationToken) =>
        entries.WriteAsync(_key, _purposes, new SharedEntry(document, retrievedAt), options.MaximumStaleness, cancellationToken);
}
