using System.Text;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Identity;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.ExternalEvaluation.Nonces;

/// <summary>
/// Remembers nonces for all instances, in the application's cache. A cache cannot add an entry only if it is missing, so each instance writes its own
/// mark and reads it back: two at once rarely both pass. If the cache fails, the request is rejected and can be sent again. The mark says which instance
/// wrote it, and that instance knows whether it used the nonce.
/// </summary>
internal sealed class SharedNonces(
    InstanceNonces own, IDistributedCache cache, TimeSpan clockSkew, TimeProvider timeProvider, ILogger logger) : INonceMemory
{
    private const string Prefix = "CfAccess.ExternalEvaluation.Nonce:v1:";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly byte[] _mark = Guid.NewGuid().ToByteArray();
    private bool _isFailing;

    public async ValueTask<EvaluationRefusal?> UseAsync(string nonce, DateTimeOffset expiration, CancellationToken cancellationToken)
    {
        var hash = TokenHash.Of(Encoding.UTF8.GetBytes(nonce));
        if (own.Use(hash, expiration) is { } refusal)
        {
            return refusal;
        }

        var isDecided = false;
        try
        {
            // On another thread, because a cache may block before it returns a task.
            var isFirst = await Task.Run(() => IsFirstAsync($"{Prefix}{hash}", expiration, cancellationToken), CancellationToken.None)
                .WaitAsync(Patience, timeProvider, cancellationToken).ConfigureAwait(false);
            isDecided = true;
            Volatile.Write(ref _isFailing, false);
            return isFirst ? null : EvaluationRefusal.Replayed;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A cache is the application's, and may throw anything.
            if (!Interlocked.Exchange(ref _isFailing, true))
            {
                logger.EvaluationNoncesFailed(exception.GetType().Name);
            }

            return EvaluationRefusal.NoncesUnavailable;
        }
        finally
        {
            if (!isDecided)
            {
                own.Release(hash);
            }
        }
    }

    private async Task<bool> IsFirstAsync(string entry, DateTimeOffset expiration, CancellationToken cancellationToken)
    {
        if (await cache.GetAsync(entry, cancellationToken).ConfigureAwait(false) is { } earlier && !IsOwn(earlier))
        {
            return false;
        }

        var rest = expiration + clockSkew - timeProvider.GetUtcNow();
        var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = rest + TimeSpan.FromMinutes(1) };
        await cache.SetAsync(entry, _mark, options, cancellationToken).ConfigureAwait(false);
        return await cache.GetAsync(entry, cancellationToken).ConfigureAwait(false) is { } kept && IsOwn(kept);
    }

    private bool IsOwn(byte[] mark) => mark.AsSpan().SequenceEqual(_mark);
}
