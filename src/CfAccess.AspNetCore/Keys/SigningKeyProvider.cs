using CfAccess.AspNetCore.Diagnostics;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Keys;

/// <summary>
/// The signing keys of one team in one scheme: held in memory, refreshed behind the requests that they serve, fetched at most once at a
/// time, and never replaced by anything but a good key set.
/// </summary>
internal sealed class SigningKeyProvider : IDisposable
{
    /// <summary>More than these do not wait for a fetch but are answered at once, so that a hanging endpoint cannot fill the memory.</summary>
    internal const int MaximumWaiting = 10_000;

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stopped;
    private readonly UnknownKids _unknown = new();
    private readonly KeySetFetcher _fetcher;
    private readonly CloudflareAccessKeyOptions _options;
    private readonly TimeProvider _timeProvider;
    private readonly KeyDiagnostics _diagnostics;
    private readonly KeyCooldown _cooldown;
    private readonly RefreshPlan _plan;

    private HeldKeys? _held;
    private KeyFetch? _fetch;
    private bool _lastFetchFailed;
    private int _waiting;

    public SigningKeyProvider(
        KeySetFetcher fetcher, CloudflareAccessKeyOptions options, TimeProvider timeProvider, KeyDiagnostics diagnostics)
    {
        _fetcher = fetcher;
        _options = options;
        _timeProvider = timeProvider;
        _diagnostics = diagnostics;
        _stopped = _stopping.Token;
        _cooldown = new KeyCooldown(options.Cooldown);
        _plan = new RefreshPlan(new RefreshSchedule(options), timeProvider, Refresh);
    }

    /// <summary>Looks in memory only, and starts a refresh behind where one is due.</summary>
    /// <returns>The key, or nothing if no trusted set holds it.</returns>
    public SecurityKey? Find(string kid)
    {
        var now = _timeProvider.GetUtcNow();
        if (_plan.IsDue(now))
        {
            Refresh();
        }

        return Trusted(now)?.Find(kid);
    }

    /// <summary>
    /// Resolves a key id, fetching keys where the cool-down allows it. Only for a token that would pass but for its key.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller went away; the fetch goes on.</exception>
    public ValueTask<KeyResolution> ResolveAsync(string kid, CancellationToken cancellationToken) =>
        Find(kid) is { } key ? new(KeyResolution.Found(key)) : new(WaitForKeyAsync(kid, cancellationToken));

    /// <summary>Starts a fetch that no request waits for, unless one is in flight or, without a trusted set, the last was just now.</summary>
    public void Refresh()
    {
        KeyFetch? fetch = null;
        lock (_gate)
        {
            var now = _timeProvider.GetUtcNow();
            if (Trusted(now) is null && _cooldown.IsRunning(now))
            {
                _plan.Set(now, _cooldown.Remaining(now));
            }
            else
            {
                fetch = TryBegin(isPlanned: true, now);
            }
        }

        Start(fetch);
    }

    /// <summary>Waits for the fetch in flight, which is bounded by its own time-out.</summary>
    /// <returns>Whether there is a trusted set then.</returns>
    public async Task<bool> WaitForFirstSetAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _fetch) is { } fetch)
        {
            await fetch.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return Trusted(_timeProvider.GetUtcNow()) is not null;
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _plan.Dispose();
    }

    private KeySet? Trusted(DateTimeOffset now) =>
        Volatile.Read(ref _held) is { } held && held.IsTrusted(now, _options.MaximumStaleness) ? held.Set : null;

    private async Task<KeyResolution> WaitForKeyAsync(string kid, CancellationToken cancellationToken)
    {
        var now = _timeProvider.GetUtcNow();
        var deadline = now + _options.WaitBudget;
        while (Join(kid, now, deadline) is { } fetch)
        {
            await fetch.Done
                .WaitAsync(deadline - now, _timeProvider, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Interlocked.Decrement(ref _waiting);
            cancellationToken.ThrowIfCancellationRequested();
            now = _timeProvider.GetUtcNow();
        }

        return Decide(kid);
    }

    /// <returns>The fetch to wait for; nothing where the answer is known, or waiting is over or not allowed.</returns>
    private KeyFetch? Join(string kid, DateTimeOffset now, DateTimeOffset deadline)
    {
        KeyFetch? begun = null;
        KeyFetch? joined = null;
        lock (_gate)
        {
            var isCooling = _cooldown.IsRunning(now);
            if (Trusted(now) is { } set && (set.Find(kid) is not null || (isCooling && _unknown.Contains(kid))))
            {
                return null;
            }

            if (!isCooling)
            {
                begun = TryBegin(isPlanned: false, now);
            }
            else if (_fetch is null)
            {
                _diagnostics.RefreshSuppressed();
            }

            if (_fetch is not null && now < deadline && _waiting < MaximumWaiting)
            {
                Interlocked.Increment(ref _waiting);
                joined = _fetch;
            }
        }

        Start(begun);
        return joined;
    }

    private KeyResolution Decide(string kid)
    {
        lock (_gate)
        {
            var now = _timeProvider.GetUtcNow();
            if (Trusted(now) is not { } set)
            {
                return KeyResolution.Unavailable(_fetch is null ? _cooldown.Remaining(now) : TimeSpan.Zero);
            }

            if (set.Find(kid) is { } key)
            {
                return KeyResolution.Found(key);
            }

            if (_cooldown.IsRunning(now))
            {
                _unknown.Add(kid);
            }

            return new KeyResolution(_lastFetchFailed || _fetch is not null ? KeyStatus.NotCurrent : KeyStatus.Unknown);
        }
    }

    private KeyFetch? TryBegin(bool isPlanned, DateTimeOffset now)
    {
        if (_fetch is not null || _stopped.IsCancellationRequested)
        {
            return null;
        }

        if (!isPlanned || Trusted(now) is null)
        {
            _cooldown.Start(now);
            _unknown.Clear();
        }

        if (isPlanned)
        {
            _plan.Begin();
        }

        return _fetch = new KeyFetch(isPlanned, now);
    }

    /// <summary>Outside the lock, and without the request's context, which a shared fetch must not carry on.</summary>
    private void Start(KeyFetch? fetch)
    {
        if (fetch is null)
        {
            return;
        }

        _diagnostics.Fetching();
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            _ = RunAsync(fetch);
        }
    }

    private async Task RunAsync(KeyFetch fetch)
    {
        var result = await _fetcher.FetchAsync(_stopped).ConfigureAwait(false);
        if (!_stopped.IsCancellationRequested)
        {
            _diagnostics.Fetched(result, _timeProvider.GetUtcNow() - fetch.StartedAt, Apply(fetch, result));
        }

        fetch.Complete();
    }

    /// <returns>Whether a trusted set is held now.</returns>
    private bool Apply(KeyFetch fetch, KeyFetchResult result)
    {
        lock (_gate)
        {
            var now = _timeProvider.GetUtcNow();
            _fetch = null;
            _lastFetchFailed = !result.Succeeded;
            if (result.Succeeded)
            {
                Volatile.Write(ref _held, new HeldKeys(result.Keys, fetch.StartedAt));
                _unknown.Clear();
                _cooldown.Refund(fetch);
                _plan.AfterSuccess(now);
                return true;
            }

            var hasTrustedSet = Trusted(now) is not null;
            _plan.AfterFailure(now, fetch, hasTrustedSet);
            return hasTrustedSet;
        }
    }
}
