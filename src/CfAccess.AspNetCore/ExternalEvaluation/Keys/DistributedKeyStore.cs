using CfAccess.AspNetCore.Sharing;

namespace CfAccess.AspNetCore.ExternalEvaluation.Keys;

/// <summary>
/// Keeps the keys in one entry of the application's cache. A cache has no lock: of two instances that write at once one overwrites the other, which
/// then finds its keys missing and adds them again.
/// </summary>
/// <param name="cache">The application's cache.</param>
/// <param name="documents">Encrypts them.</param>
/// <param name="lifetime">How long a key is known from when it signs. Some caches drop after minutes what names no time.</param>
internal sealed class DistributedKeyStore(ResponsiveCache cache, EvaluationKeyDocuments documents, TimeSpan lifetime) : IEvaluationKeyStore
{
    /// <summary>How long a read or a write may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private const string Entry = "CfAccess.ExternalEvaluation.Keys:v1";
    private const string Probe = "CfAccess.ExternalEvaluation.Probe:v1";

    public string Name => $"the distributed cache, entry {Entry}";

    public async Task CheckWritableAsync(CancellationToken cancellationToken) => ThrowIf(
        await cache.SetAsync(Probe, [1], TimeSpan.FromMinutes(1), cancellationToken).ConfigureAwait(false), "written");

    public async Task<IReadOnlyList<EvaluationKey>> ReadAsync(CancellationToken cancellationToken)
    {
        var (document, problem) = await cache.GetAsync(Entry, cancellationToken).ConfigureAwait(false);
        ThrowIf(problem, "read");
        return document is null ? [] : documents.Read(document, Name);
    }

    public async Task UpdateAsync(
        Func<IReadOnlyList<EvaluationKey>, IReadOnlyList<EvaluationKey>> change, CancellationToken cancellationToken)
    {
        var keys = change(await ReadAsync(cancellationToken).ConfigureAwait(false));
        var document = documents.Write(keys, Name);
        ThrowIf(await cache.SetAsync(Entry, document, lifetime * 2, cancellationToken).ConfigureAwait(false), "written");
    }

    private void ThrowIf(CacheProblem? problem, string what)
    {
        if (problem is not null)
        {
            throw new EvaluationKeyStoreException(
                $"The keys of External Evaluation cannot be {what} in {Name}: {problem.Message}.", problem.Exception);
        }
    }
}
