using Microsoft.Extensions.Caching.Distributed;

namespace CfAccess.AspNetCore.ExternalEvaluation.Keys;

/// <summary>
/// Keeps the keys in one entry of the application's cache. A cache has no lock: of two instances that write at once one overwrites the other, which
/// then finds its keys missing and adds them again.
/// </summary>
/// <param name="cache">The application's.</param>
/// <param name="documents">Encrypts them.</param>
/// <param name="lifetime">How long a key is known from when it signs. Some caches drop after minutes what names no time.</param>
/// <param name="timeProvider">The clock by which it is waited for the cache.</param>
internal sealed class DistributedKeyStore(
    IDistributedCache cache, EvaluationKeyDocuments documents, TimeSpan lifetime, TimeProvider timeProvider) : IEvaluationKeyStore
{
    private const string Entry = "CfAccess.ExternalEvaluation.Keys:v1";
    private const string Probe = "CfAccess.ExternalEvaluation.Probe:v1";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Name => $"the distributed cache, entry {Entry}";

    public Task CheckWritableAsync(CancellationToken cancellationToken) =>
        TryAsync("written", () => cache.SetAsync(Probe, [1], Expiring(TimeSpan.FromMinutes(1)), cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<EvaluationKey>> ReadAsync(CancellationToken cancellationToken)
    {
        byte[]? document = null;
        await TryAsync(
            "read",
            async () => document = await cache.GetAsync(Entry, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return document is null ? [] : documents.Read(document, Name);
    }

    public async Task UpdateAsync(
        Func<IReadOnlyList<EvaluationKey>, IReadOnlyList<EvaluationKey>> change, CancellationToken cancellationToken)
    {
        var keys = change(await ReadAsync(cancellationToken).ConfigureAwait(false));
        var document = documents.Write(keys, Name);
        await TryAsync("written", () => cache.SetAsync(Entry, document, Expiring(lifetime * 2), cancellationToken), cancellationToken)
            .ConfigureAwait(false);
    }

    private static DistributedCacheEntryOptions Expiring(TimeSpan after) => new() { AbsoluteExpirationRelativeToNow = after };

    private async Task TryAsync(string what, Func<Task> action, CancellationToken cancellationToken)
    {
        try
        {
            // On another thread, because a cache may block before it returns a task.
            await Task.Run(action, CancellationToken.None).WaitAsync(Patience, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A cache is the application's, and may throw anything.
            throw new EvaluationKeyStoreException(
                $"The keys of External Evaluation cannot be {what} in {Name}: {exception.GetType().Name}. Check the application's IDistributedCache.",
                exception);
        }
    }
}
