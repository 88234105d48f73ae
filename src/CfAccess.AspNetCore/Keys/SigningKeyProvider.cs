using CfAccess.AspNetCore.Diagnostics;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Keys;

/// <summary>
/// The signing keys of one team in one scheme, as requests see them: from memory where the key is known, else by one fetch that all who
/// ask share.
/// </summary>
internal sealed class SigningKeyProvider(
    KeyRefresher refresher, CloudflareAccessKeyOptions options, TimeProvider timeProvider, KeyDiagnostics diagnostics) : IDisposable
{
    /// <summary>More than these do not wait for a fetch but are answered at once, so that a hanging endpoint cannot fill the memory.</summary>
    internal const int MaximumWaiting = 10_000;

    private int _waiting;

    /// <summary>What a key is that no trusted set holds. Called under the refresher's gate.</summary>
    private KeyStatus MissingStatus =>
        refresher.LastFailure is not null || refresher.InFlight is not null ? KeyStatus.NotCurrent : KeyStatus.Unknown;

    /// <summary>Looks in memory only, and starts a refresh behind where one is due.</summary>
    /// <returns>The key, or nothing if no trusted set holds it.</returns>
    public SecurityKey? Find(string kid, DateTimeOffset now)
    {
        refresher.RefreshIfDue(now);
        return refresher.Trusted(now)?.Find(kid);
    }

    /// <summary>The current set, if it is still trusted.</summary>
    public KeySet? Trusted() => Trusted(timeProvider.GetUtcNow());

    /// <inheritdoc cref="Trusted()"/>
    public KeySet? Trusted(DateTimeOffset now)
    {
        refresher.RefreshIfDue(now);
        return refresher.Trusted(now);
    }

    /// <summary>
    /// Resolves a key id, fetching keys where the cool-down allows it. Only for a token that would pass but for its key.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller went away; the fetch goes on.</exception>
    public ValueTask<KeyResolution> ResolveAsync(string kid, LazyCancellation cancellation) =>
        ResolveAsync(kid, timeProvider.GetUtcNow(), cancellation);

    /// <inheritdoc cref="ResolveAsync(string, LazyCancellation)"/>
    public ValueTask<KeyResolution> ResolveAsync(string kid, DateTimeOffset now, LazyCancellation cancellation)
    {
        if (Find(kid, now) is { } key)
        {
            return new(KeyResolution.Found(key));
        }

        if (Join(kid, now, now + options.WaitBudget) is { } fetch)
        {
            return new(WaitForKeyAsync(kid, fetch, now, cancellation));
        }

        if (refresher.InFlight is null)
        {
            diagnostics.RefreshSuppressed();
        }

        return new(Decide(kid, now));
    }

    /// <summary>
    /// The answer for a key id that is not known while no fetch may be made for it: whatever its token says, nothing can verify that. Nothing
    /// for any other. A known key is never slowed by a flood of unknown ones, not even by their lock.
    /// </summary>
    public KeyResolution? FindRefused(string kid, DateTimeOffset now)
    {
        if (!refresher.Cooldown.HasBegun || Find(kid, now) is not null || !TryRefuse(kid, now, out var refused))
        {
            return null;
        }

        diagnostics.RefreshSuppressed();
        return refused;
    }

    /// <summary>Starts a fetch that no request waits for, unless one is in flight or, without a trusted set, the last was just now.</summary>
    public void Refresh() => refresher.Refresh();

    /// <summary>Waits for the fetch in flight, which is bounded by its own time-out.</summary>
    /// <returns>Whether there is a trusted set then.</returns>
    public async Task<bool> WaitForFirstSetAsync(CancellationToken cancellationToken)
    {
        while (refresher.Trusted(timeProvider.GetUtcNow()) is null && refresher.InFlight is { } fetch)
        {
            await fetch.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return refresher.Trusted(timeProvider.GetUtcNow()) is not null;
    }

    public KeyReport Report() => KeyReport.Of(refresher, timeProvider.GetUtcNow(), options);

    public void Dispose() => refresher.Dispose();

    private async Task<KeyResolution> WaitForKeyAsync(string kid, KeyFetch joined, DateTimeOffset arrivedAt, LazyCancellation cancellation)
    {
        var now = arrivedAt;
        var deadline = arrivedAt + options.WaitBudget;
        var fetch = joined;
        while (fetch is not null)
        {
            try
            {
                await fetch.Done
                    .WaitAsync(deadline - now, timeProvider, cancellation.Token)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            finally
            {
                Interlocked.Decrement(ref _waiting);
            }

            cancellation.Token.ThrowIfCancellationRequested();

            // A fetch that began before this request may have been answered before the key was published; one that it caused decides.
            now = timeProvider.GetUtcNow();
            fetch = fetch.IsPlanned || fetch.IsRenewed || fetch.StartedAt < arrivedAt ? Join(kid, now, deadline) : null;
        }

        return Decide(kid, timeProvider.GetUtcNow());
    }

    /// <returns>The fetch to wait for; nothing where the answer is known, or waiting is over or not allowed.</returns>
    private KeyFetch? Join(string kid, DateTimeOffset now, DateTimeOffset deadline)
    {
        KeyFetch? begun = null;
        KeyFetch? joined = null;
        lock (refresher.Gate)
        {
            if (refresher.Trusted(now) is { } set && (set.Find(kid) is not null || refresher.Cooldown.WasRefused(kid, now)))
            {
                return null;
            }

            if (!refresher.Cooldown.IsRunning(now))
            {
                begun = refresher.TryBegin(isPlanned: false, now);
            }

            if (refresher.InFlight is { } fetch && now < deadline && _waiting < MaximumWaiting)
            {
                Interlocked.Increment(ref _waiting);
                joined = fetch;
            }
        }

        refresher.Start(begun);
        return joined;
    }

    private bool TryRefuse(string kid, DateTimeOffset now, out KeyResolution refused)
    {
        lock (refresher.Gate)
        {
            refused = new KeyResolution(MissingStatus);
            return refresher.InFlight is null
                && refresher.Cooldown.IsRunning(now)
                && refresher.Trusted(now) is { } set
                && set.Find(kid) is null;
        }
    }

    private KeyResolution Decide(string kid, DateTimeOffset now)
    {
        lock (refresher.Gate)
        {
            if (refresher.Trusted(now) is not { } set)
            {
                return KeyResolution.Unavailable(refresher.InFlight is null ? refresher.Cooldown.Remaining(now) : TimeSpan.Zero);
            }

            if (set.Find(kid) is { } key)
            {
                return KeyResolution.Found(key);
            }

            // While a fetch is in flight it may still bring the key.
            if (refresher.InFlight is null)
            {
                refresher.Cooldown.Refused(kid, now);
            }

            return new KeyResolution(MissingStatus);
        }
    }
}
