using CfAccess.AspNetCore.Diagnostics;

namespace CfAccess.AspNetCore.Keys;

/// <summary>
/// Holds the key set of one team and fetches it anew: at most one fetch at a time, on a timer or because a request asks, and never
/// replaced by anything but a good set. What is marked so is called under <see cref="Gate"/>.
/// </summary>
internal sealed class KeyRefresher : IDisposable
{
    /// <summary>How long requests without keys wait for shared keys after the endpoint failed.</summary>
    private static readonly TimeSpan LongestMoment = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private readonly KeySetFetcher _fetcher;
    private readonly SharedKeySets? _shared;
    private readonly TimeSpan _maximumStaleness;
    private readonly TimeProvider _timeProvider;
    private readonly KeyDiagnostics _diagnostics;
    private readonly RefreshPlan _plan;

    private HeldKeys? _held;
    private KeyFetch? _inFlight;

    public KeyRefresher(
        KeySetFetcher fetcher,
        SharedKeySets? shared,
        CloudflareAccessKeyOptions options,
        TimeProvider timeProvider,
        KeyDiagnostics diagnostics)
    {
        _fetcher = fetcher;
        _shared = shared;
        _maximumStaleness = options.MaximumStaleness;
        _timeProvider = timeProvider;
        _diagnostics = diagnostics;
        _stopped = _stopping.Token;
        Cooldown = new KeyCooldown(options.Cooldown);
        _plan = new RefreshPlan(new RefreshSchedule(options), timeProvider, Refresh, () => Refresh(isPlanned: false));
    }

    public Lock Gate { get; } = new();

    /// <summary>Called under <see cref="Gate"/>, but for <see cref="KeyCooldown.HasBegun"/>.</summary>
    public KeyCooldown Cooldown { get; }

    public KeyFetch? InFlight => Volatile.Read(ref _inFlight);

    public HeldKeys? Held => Volatile.Read(ref _held);

    /// <summary>Why the last fetch failed; nothing after one that succeeded.</summary>
    public string? LastFailure { get; private set; }

    public DateTimeOffset? NextRefreshAt => _plan.DueAt;

    /// <summary>The set, unless it is too old or there is none.</summary>
    public KeySet? Trusted(DateTimeOffset now) => Held is { } held && held.IsTrusted(now, _maximumStaleness) ? held.Set : null;

    /// <summary>Starts a planned fetch, unless one is in flight, or no set is trusted and the cool-down is running.</summary>
    public void Refresh() => Refresh(isPlanned: true);

    /// <summary>Starts the next fetch of the plan if it is due and nobody else has started it.</summary>
    public void RefreshIfDue(DateTimeOffset now)
    {
        if (_plan.IsDue(now))
        {
            Refresh(isPlanned: null);
        }
    }

    /// <summary>Called under <see cref="Gate"/>. What it returns must be given to <see cref="Start"/> after that.</summary>
    public KeyFetch? TryBegin(bool isPlanned, DateTimeOffset now)
    {
        if (_inFlight is not null || _stopped.IsCancellationRequested)
        {
            return null;
        }

        if (!isPlanned || Trusted(now) is null)
        {
            Cooldown.Start(now);
        }

        _plan.Begin(isPlanned);
        return _inFlight = new KeyFetch(isPlanned, now);
    }

    /// <summary>Outside the lock, and without the request's context, which a shared fetch must not carry on.</summary>
    public void Start(KeyFetch? fetch)
    {
        if (fetch is null)
        {
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            _ = RunAsync(fetch);
        }
    }

    public void Dispose()
    {
        if (_stopped.IsCancellationRequested)
        {
            return;
        }

        _stopping.Cancel();
        _stopping.Dispose();
        _plan.Dispose();
    }

    /// <param name="isPlanned">Whether a planned fetch starts, or a follow-up. Null starts the one that is due, if any.</param>
    private void Refresh(bool? isPlanned)
    {
        KeyFetch? fetch = null;
        lock (Gate)
        {
            var now = _timeProvider.GetUtcNow();
            if (isPlanned is null && !_plan.IsDue(now))
            {
                return;
            }

            // A follow-up, and every fetch while no set is trusted, respects the cool-down.
            var isPlannedNext = isPlanned ?? !_plan.IsFollowUpDue(now);
            if ((!isPlannedNext || Trusted(now) is null) && Cooldown.IsRunning(now))
            {
                _plan.Postpone(now, isPlannedNext, Cooldown.Remaining(now));
            }
            else
            {
                fetch = TryBegin(isPlannedNext, now);
            }
        }

        Start(fetch);
    }

    private async Task RunAsync(KeyFetch fetch)
    {
        // Off the request's thread and out of its context, both of which a first synchronous stretch would still have.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        KeyFetchResult? result = null;
        TimeSpan duration;
        try
        {
            var sharing = Held is null && _shared is not null ? _shared.TakeAsync(TakeOver, _stopped) : Task.CompletedTask;
            result = await FetchAsync().ConfigureAwait(false);
            duration = _timeProvider.GetUtcNow() - fetch.StartedAt;
            if (_stopped.IsCancellationRequested)
            {
                return;
            }

            Apply(fetch, result);
            if (!result.Succeeded)
            {
                await WaitForSharedAsync(sharing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _diagnostics.Fetched(result, hasTrustedSet: Trusted(_timeProvider.GetUtcNow()) is not null);
        }
        finally
        {
            // Also after an exception that nobody expects: a fetch that never ended would be the last.
            End(fetch, isApplied: result is not null);
        }

        if (_shared is not null && result.Succeeded)
        {
            await _shared.StoreAsync(result.Document, fetch.StartedAt, _stopped).ConfigureAwait(false);
        }

        _diagnostics.Measured(result, duration);
    }

    private async Task<KeyFetchResult> FetchAsync()
    {
        _diagnostics.Fetching();
        using var scope = _diagnostics.Trace();
        var result = await _fetcher.FetchAsync(_stopped).ConfigureAwait(false);
        if (!_stopped.IsCancellationRequested)
        {
            scope.Activity?.Tell(result.Outcome);
        }

        return result;
    }

    /// <summary>
    /// Gives shared keys a moment after the endpoint failed, because requests that wait have nothing else left. Without keys no fetch starts before the
    /// cool-down ends, so this delays none.
    /// </summary>
    private Task WaitForSharedAsync(Task sharing)
    {
        TimeSpan cooldown;
        lock (Gate)
        {
            cooldown = Cooldown.Remaining(_timeProvider.GetUtcNow());
        }

        return sharing.WaitAsync(cooldown / 2 < LongestMoment ? cooldown / 2 : LongestMoment, _timeProvider, _stopped);
    }

    /// <summary>Serves another instance's keys to the requests that wait, while a fetch goes on. They never replace keys in memory.</summary>
    private void TakeOver(HeldKeys shared)
    {
        KeyFetch? joined;
        lock (Gate)
        {
            if (_held is not null)
            {
                return;
            }

            Volatile.Write(ref _held, shared);
            joined = _inFlight;
            Volatile.Write(ref _inFlight, joined?.Renew());
        }

        joined?.Complete();
        _diagnostics.SharedTaken(shared.Set);
    }

    private void Apply(KeyFetch fetch, KeyFetchResult result)
    {
        lock (Gate)
        {
            var now = _timeProvider.GetUtcNow();
            LastFailure = result.Succeeded ? null : result.Detail;
            if (result.Succeeded)
            {
                Volatile.Write(ref _held, new HeldKeys(result.Keys.Keeping(_held?.Set), fetch.StartedAt));
                Cooldown.Succeeded(fetch);
                _plan.AfterSuccess(now);
            }
            else
            {
                PlanAfterFailure(fetch, now);
            }
        }
    }

    private void End(KeyFetch fetch, bool isApplied)
    {
        KeyFetch? ended;
        lock (Gate)
        {
            ended = _inFlight;
            Volatile.Write(ref _inFlight, null);
            if (!isApplied)
            {
                PlanAfterFailure(fetch, _timeProvider.GetUtcNow());
            }
        }

        ended?.Complete();
    }

    /// <summary>Called under <see cref="Gate"/>.</summary>
    private void PlanAfterFailure(KeyFetch fetch, DateTimeOffset now) =>
        _plan.AfterFailure(now, fetch, hasTrustedSet: Trusted(now) is not null, Cooldown.Remaining(now));
}
