using CfAccess.AspNetCore.Keys;
using CfAccess.Shared.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Diagnostics;

/// <summary>Tells the log and the metrics of one provider what became of its fetches.</summary>
internal sealed class KeyDiagnostics(ILogger logger, AccessMetrics metrics, AccessTraces traces, Uri url)
{
    private readonly HashSet<SkippedKey> _warned = [];
    private State _state = State.New;

    private enum State
    {
        New,
        Good,
        Failing,
        Unavailable,
    }

    public void RefreshSuppressed() => metrics.KeyRefreshSuppressed();

    public void NotShared(string problem) => logger.SharedKeysPassedOver(url, problem);

    public void SharedTaken(KeySet keys) => logger.SharedKeysTaken(keys.Count, url);

    public void Fetching() => logger.KeysFetching(url);

    /// <returns>The activity of one call of the endpoint, or none if nobody listens.</returns>
    public TraceScope Trace() => traces.StartKeyFetch(url);

    /// <summary>Called once a fetch, never twice at a time.</summary>
    public void Fetched(KeyFetchResult result, bool hasTrustedSet)
    {
        if (result.Succeeded)
        {
            Succeeded(result.Keys);
        }
        else
        {
            Failed(result.Detail, hasTrustedSet ? State.Failing : State.Unavailable);
        }
    }

    public void Measured(KeyFetchResult result, TimeSpan duration) => metrics.KeysFetched(result.Outcome, duration);

    private void Succeeded(KeySet keys)
    {
        switch (_state)
        {
            case State.New:
                logger.KeysFetched(keys.Count, url);
                break;
            case State.Good:
                logger.KeysRefreshed(keys.Count, url);
                break;
            default:
                logger.KeysRecovered(keys.Count, url);
                break;
        }

        _state = State.Good;
        _warned.IntersectWith(keys.Skipped);
        foreach (var skipped in keys.Skipped)
        {
            if (_warned.Add(skipped))
            {
                logger.KeySkipped(url, skipped.Kid, skipped.Reason);
            }
        }
    }

    private void Failed(string detail, State state)
    {
        if (state == _state)
        {
            return;
        }

        _state = state;
        if (state == State.Unavailable)
        {
            logger.KeysUnavailable(url, detail);
        }
        else
        {
            logger.KeysRefreshFailed(url, detail);
        }
    }
}
