using CfAccess.AspNetCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.ExternalEvaluation.Keys;

/// <summary>
/// The keys of this instance: always those that it read back from the store, so that it signs with none that others cannot publish. It looks again
/// when it is asked and a look is due.
/// </summary>
internal sealed class EvaluationKeyRing(IEvaluationKeyStore store, EvaluationKeyPlan plan, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(30);

    /// <summary>How long a login waits for a look while there are keys that can sign, and while there are none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private Task _look = Task.CompletedTask;
    private volatile EvaluationKeySet _held = EvaluationKeySet.None;
    private (DateTimeOffset From, DateTimeOffset To) _lookCounts;
    private bool _isFailing;

    /// <summary>How long an answer of the keys endpoint may be kept.</summary>
    public TimeSpan Kept => plan.Kept;

    /// <summary>The first look, when the application starts.</summary>
    /// <exception cref="EvaluationKeyStoreException">The store cannot be read or written.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await store.CheckWritableAsync(cancellationToken).ConfigureAwait(false);
        await LookAsync(timeProvider.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        logger.EvaluationKeysLoaded(_held.Keys.Count, store.Name);
    }

    /// <summary>The keys as of now. A store that fails, or hangs, leaves those that are held, for as long as they count.</summary>
    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public async ValueTask<EvaluationKeySet> CurrentAsync(CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        if (LookCounts(now))
        {
            return _held;
        }

        // The look goes on after the wait, and its keys are used when it ends. While another request looks, keys that can sign need no wait.
        var canSign = _held.SigningKey(now, plan.TimeToAnswer) is not null;
        var (look, isNew) = JoinLook();
        if (canSign && !isNew)
        {
            return _held;
        }

        var patience = canSign ? Patience : LongPatience;
        try
        {
            await look.WaitAsync(patience, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            Failed($"No answer from {store.Name} within {patience.TotalSeconds} seconds.");
        }

        return _held;
    }

    /// <summary>Starts a look, or joins the one that runs: there is one at a time. A directory on a network may block, so a look has its own thread.</summary>
    private (Task Look, bool IsNew) JoinLook()
    {
        lock (_gate)
        {
            var isNew = _look.IsCompleted;
            return (isNew ? _look = Task.Run(LookIfDueAsync, CancellationToken.None) : _look, isNew);
        }
    }

    /// <summary>A clock that was set back makes a look count no more.</summary>
    private bool LookCounts(DateTimeOffset now)
    {
        lock (_gate)
        {
            return now >= _lookCounts.From && now < _lookCounts.To;
        }
    }

    private void CountUntil(DateTimeOffset now, TimeSpan duration)
    {
        lock (_gate)
        {
            _lookCounts = (now, now + duration);
        }
    }

    /// <summary>Looks, unless a look ended a moment ago. It does not end with the request that started it, because other requests wait for it too.</summary>
    private Task LookIfDueAsync() => LookCounts(timeProvider.GetUtcNow()) ? Task.CompletedTask : TryLookAsync();

    private async Task TryLookAsync()
    {
        try
        {
            await LookAsync(timeProvider.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
            if (Interlocked.Exchange(ref _isFailing, false))
            {
                logger.EvaluationKeysRecovered(store.Name);
            }
        }
        catch (EvaluationKeyStoreException exception)
        {
            CountUntil(timeProvider.GetUtcNow(), RetryDelay);
            Failed(exception.Message);
        }
    }

    /// <summary>Told once, until the store is well again.</summary>
    private void Failed(string problem)
    {
        if (!Interlocked.Exchange(ref _isFailing, true))
        {
            logger.EvaluationKeysFailed(problem);
        }
    }

    private async Task LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stored = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (IsDue(stored, now))
        {
            await store.UpdateAsync(current => IsDue(current, now) ? plan.Next(With(current), now) : current, cancellationToken)
                .ConfigureAwait(false);
            stored = await store.ReadAsync(cancellationToken).ConfigureAwait(false);
            logger.EvaluationKeysChanged(stored.Count, store.Name);
        }

        _held = new EvaluationKeySet(stored);
        CountUntil(now, plan.NextLook(_held, now));
    }

    /// <summary>Keys that were held and are stored no more were overwritten by an instance that did not know them, or dropped by a cache.</summary>
    private IEnumerable<EvaluationKey> With(IEnumerable<EvaluationKey> stored) => stored.UnionBy(_held.Keys, key => key.KeyId);

    /// <summary>Whether the store has to change; a key that only ended can wait for that.</summary>
    private bool IsDue(IReadOnlyList<EvaluationKey> stored, DateTimeOffset now) =>
        plan.IsDue(stored, now) || _held.Keys.Any(key => now < key.Ends && stored.All(other => other.KeyId != key.KeyId));
}
