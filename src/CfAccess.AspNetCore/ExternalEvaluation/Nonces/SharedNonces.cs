using System.Text;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Identity;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.ExternalEvaluation.Nonces;

/// <summary>
/// Remembers nonces for all instances, in the application's cache. A cache has no way to add an entry only where there is none: each
/// instance writes a mark of its own and reads it back, so that of two at once hardly ever both pass. A cache that fails lets nobody in.
/// </summary>
internal sealed class SharedNonces(
    InstanceNonces own, IDistributedCache cache, TimeSpan clockSkew, TimeProvider timeProvider, ILogger logger) : INonceMemory
{
    private const string Prefix = "CfAccess.ExternalEvaluation.Nonce:v1:";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async ValueTask<EvaluationRefusal?> UseAsync(string nonce, DateTimeOffset expiration, CancellationToken cancellationToken)
    {
        var hash = TokenHash.Of(Encoding.UTF8.GetBytes(nonce));
        if (own.Use(hash, expiration) is { } refusal)
        {
            return refusal;
        }

        try
        {
            return await IsFirstAsync($"{Prefix}{hash}", expiration, cancellationToken)
                .WaitAsync(Patience, timeProvider, cancellationToken).ConfigureAwait(false) ? null : EvaluationRefusal.Replayed;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // A cache is the application's, and may throw anything.
            logger.EvaluationNoncesFailed(exception.GetType().Name);
            return EvaluationRefusal.NoncesUnavailable;
        }
    }

    private async Task<bool> IsFirstAsync(string entry, DateTimeOffset expiration, CancellationToken cancellationToken)
    {
        if (await cache.GetAsync(entry, cancellationToken).ConfigureAwait(false) is not null)
        {
            return false;
        }

        var mark = Guid.NewGuid().ToByteArray();
        var rest = expiration + clockSkew - timeProvider.GetUtcNow();
        var options = new DistributedCacheEntryOptions { AbsoluteExpirationRelativeToNow = rest + TimeSpan.FromMinutes(1) };
        await cache.SetAsync(entry, mark, options, cancellationToken).ConfigureAwait(false);
        return await cache.GetAsync(entry, cancellationToken).ConfigureAwait(false) is { } kept && kept.AsSpan().SequenceEqual(mark);
    }
}
