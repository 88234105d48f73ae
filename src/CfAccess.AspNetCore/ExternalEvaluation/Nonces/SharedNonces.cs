using System.Text;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Identity;
using CfAccess.AspNetCore.Sharing;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.ExternalEvaluation.Nonces;

/// <summary>
/// Remembers nonces for all instances, in the application's cache. A cache cannot add an entry only if it is missing, so each instance writes its own
/// mark and reads it back: two at once rarely both pass. If the cache fails, the request is rejected and can be sent again. The mark says which instance
/// wrote it, and that instance knows whether it used the nonce.
/// </summary>
internal sealed class SharedNonces(
    InstanceNonces own, ResponsiveCache cache, TimeSpan clockSkew, TimeProvider timeProvider, ILogger logger) : INonceMemory
{
    /// <summary>How long a request waits for the cache.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const string Prefix = "CfAccess.ExternalEvaluation.Nonce:v1:";

    private readonly byte[] _mark = Guid.NewGuid().ToByteArray();
    private bool _isFailing;

    public async ValueTask<EvaluationRefusal?> UseAsync(string nonce, DateTimeOffset expiration, CancellationToken cancellationToken)
    {
        var hash = TokenHash.Of(Encoding.UTF8.GetBytes(nonce));
        if (own.Use(hash, expiration) is { } refusal)
        {
            return refusal;
        }

        var isFirst = false;
        var isDecided = false;
        try
        {
            var problem = await cache.TryAsync(
                async (shared, ended) => isFirst = await IsFirstAsync(shared, $"{Prefix}{hash}", expiration, ended).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
            Report(problem);
            isDecided = problem is null;
            return !isDecided ? EvaluationRefusal.NoncesUnavailable
                : isFirst ? null
                : EvaluationRefusal.Replayed;
        }
        finally
        {
            if (!isDecided)
            {
                own.Release(hash);
            }
        }
    }

    private async Task<bool> IsFirstAsync(OffThreadCache shared, string entry, DateTimeOffset expiration, CancellationToken cancellationToken)
    {
        if (await shared.GetAsync(entry, cancellationToken).ConfigureAwait(false) is { } earlier && !IsOwn(earlier))
        {
            return false;
        }

        var rest = expiration + clockSkew - timeProvider.GetUtcNow();
        await shared.SetAsync(entry, _mark, rest + TimeSpan.FromMinutes(1), cancellationToken).ConfigureAwait(false);
        return await shared.GetAsync(entry, cancellationToken).ConfigureAwait(false) is { } kept && IsOwn(kept);
    }

    private bool IsOwn(byte[] mark) => mark.AsSpan().SequenceEqual(_mark);

    /// <summary>Reports a problem once, until the cache works again.</summary>
    private void Report(CacheProblem? problem)
    {
        if (!Interlocked.Exchange(ref _isFailing, problem is not null) && problem is not null)
        {
            logger.EvaluationNoncesFailed(problem.Message);
        }
    }
}
