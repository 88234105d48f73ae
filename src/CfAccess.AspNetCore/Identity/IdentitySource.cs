using System.Collections.Concurrent;
using System.Text;
using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Diagnostics;

namespace CfAccess.AspNetCore.Identity;

/// <summary>
/// Who is behind the tokens of one team, in one scheme: from memory where that was asked a moment ago, else by one call that all who ask
/// about a token share.
/// </summary>
internal sealed class IdentitySource(
    IdentityFetcher fetcher,
    SharedIdentities? shared,
    CloudflareAccessIdentityOptions options,
    TimeProvider timeProvider,
    IdentityDiagnostics diagnostics,
    IdentityNotes notes) : IDisposable
{
    private readonly IdentityCache _cache = new(options.MaximumBytes, timeProvider);
    private readonly ConcurrentDictionary<TokenHash, TaskCompletionSource<IdentityLookup>> _flights = new();
    private readonly TeamGate _gate = new(options.Cooldown);
    private readonly CancellationTokenSource _stopping = new();

    public IdentityDiagnostics Diagnostics => diagnostics;

    public bool LoadsAtAuthentication => options.Load == CloudflareAccessIdentityLoad.AtAuthentication;

    /// <summary>Whether a request that needs groups fails without them, in place of going on as if there were none.</summary>
    public bool IsRequired => options.Required;

    /// <summary>What is remembered of callers whose identity was asked for.</summary>
    public IdentityNotes Notes => notes;

    public DateTimeOffset Now => timeProvider.GetUtcNow();

    /// <summary>Tells who is behind a token that this team signed and this scheme validated.</summary>
    /// <exception cref="OperationCanceledException">The caller went away; the call goes on.</exception>
    public ValueTask<IdentityLookup> FindAsync(AccessPerson person, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        if (now >= person.AcceptedUntil)
        {
            // Only a connection that outlives its token gets here. The token is rejected everywhere else, so no call is made with it.
            return new(new IdentityLookup(null, now, now));
        }

        var token = TokenHash.Of(person.Token);
        return _cache.Find(token, now) is { } known ? new(known) : new(Join(token, person).WaitAsync(cancellationToken));
    }

    public void Dispose()
    {
        _stopping.Cancel();
        _cache.Dispose();
    }

    private Task<IdentityLookup> Join(TokenHash token, AccessPerson person)
    {
        var begun = new TaskCompletionSource<IdentityLookup>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flight = _flights.GetOrAdd(token, begun);
        if (ReferenceEquals(flight, begun))
        {
            // Without the request's context, which a shared call must not carry on.
            using (ExecutionContext.SuppressFlow())
            {
                _ = RunAsync(token, person, begun);
            }
        }

        return flight.Task;
    }

    private async Task RunAsync(TokenHash token, AccessPerson person, TaskCompletionSource<IdentityLookup> flight)
    {
        // Off the request's thread and out of its context, both of which a first synchronous stretch would still have.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var now = timeProvider.GetUtcNow();
        IdentityLookup? lookup = null;
        IdentityFetchResult? fetched = null;
        try
        {
            // Another call may have ended between the look into the cache and the start of this one.
            lookup = _cache.Find(token, now) ?? await LoadAsync(token, person).ConfigureAwait(false);
            if (lookup is null)
            {
                (lookup, fetched) = await FetchAsync(token, person).ConfigureAwait(false);
            }
        }
        finally
        {
            // Also after an exception that nobody expects: a flight that never ended would be the last of its token.
            _flights.TryRemove(token, out _);
            flight.SetResult(lookup ?? new IdentityLookup(null, now, now));
        }

        now = timeProvider.GetUtcNow();
        if (shared is not null && fetched is { Succeeded: true } && lookup.Counts(now))
        {
            await shared.StoreAsync(token, fetched.Document, lookup.Since, lookup.Until - now, _stopping.Token).ConfigureAwait(false);
        }
    }

    private async Task<IdentityLookup?> LoadAsync(TokenHash token, AccessPerson person) =>
        shared is not null
        && await shared.LoadAsync(token, person.Email, _stopping.Token).ConfigureAwait(false) is { } found
            ? Keep(token, person, found.Answer, found.Since)
            : null;

    private async Task<(IdentityLookup Lookup, IdentityFetchResult? Result)> FetchAsync(TokenHash token, AccessPerson person)
    {
        var now = timeProvider.GetUtcNow();
        if (_gate.TryEnter(now) is { } wait)
        {
            return (new IdentityLookup(null, now, now + wait), null);
        }

        using var scope = diagnostics.Trace();
        var result = await CallAsync(person).ConfigureAwait(false);
        var ended = timeProvider.GetUtcNow();
        var lookup = result.Succeeded ? Keep(token, person, result, now) : KeepFailure(token, ended);
        if (!_stopping.IsCancellationRequested)
        {
            scope.Activity?.Tell(result.Outcome);
            diagnostics.Fetched(result, ended - now, ended);
        }

        return (lookup, result);
    }

    /// <summary>Calls, and reports the end to the gate whatever happens: a trial call that never ended would be the last.</summary>
    private async Task<IdentityFetchResult> CallAsync(AccessPerson person)
    {
        IdentityFetchResult? result = null;
        try
        {
            result = await fetcher.FetchAsync(Encoding.ASCII.GetString(person.Token), person.Email, _stopping.Token).ConfigureAwait(false);
            return result;
        }
        finally
        {
            _gate.Ended(hasFailed: result is not { IsOfTeam: false }, timeProvider.GetUtcNow());
        }
    }

    /// <summary>An identity is used from when the call began, and no longer than its token is accepted.</summary>
    private IdentityLookup Keep(TokenHash token, AccessPerson person, IdentityFetchResult result, DateTimeOffset since)
    {
        var until = since + options.CacheDuration;
        var lookup = new IdentityLookup(result.Identity, since, until < person.AcceptedUntil ? until : person.AcceptedUntil);
        _cache.Add(token, lookup, result.Document.Length);
        return lookup;
    }

    private IdentityLookup KeepFailure(TokenHash token, DateTimeOffset now)
    {
        var lookup = new IdentityLookup(null, now, now + options.Cooldown);
        _cache.Add(token, lookup, length: 0);
        return lookup;
    }
}
