namespace CfAccess.Benchmarks.Soak;

/// <summary>
/// What was published when, and what each fetch brought: all that may be held against the scheme. It is written by the application's HTTP
/// client and by the endpoint, never by the scheme itself.
/// </summary>
internal sealed class FetchLedger(TimeProvider clock)
{
    /// <summary>Half of it outlasts the maximum staleness at the highest pace allowed; a long soak's own memory stands still.</summary>
    private const int Kept = 2_000;

    private readonly Lock _gate = new();
    private readonly List<KeyFetchRecord> _fetches = [];
    private readonly List<DateTimeOffset> _publishedAt = [];

    public FetchPace Pace { get; } = new();

    /// <summary>Set n holds key n and the one before it.</summary>
    public int Version
    {
        get
        {
            lock (_gate)
            {
                return _publishedAt.Count - 1;
            }
        }
    }

    public void Published()
    {
        lock (_gate)
        {
            _publishedAt.Add(clock.GetUtcNow());
        }
    }

    public KeyFetchRecord Start(bool isPlanned)
    {
        lock (_gate)
        {
            var fetch = new KeyFetchRecord(Pace.Planned + Pace.ByRequests, isPlanned, clock.GetUtcNow());
            if (_fetches.Count == Kept)
            {
                _fetches.RemoveRange(0, Kept / 2);
            }

            _fetches.Add(fetch);
            Pace.Started(fetch, _fetches.Count(one => one.State == FetchState.Pending));
            return fetch;
        }
    }

    /// <summary>A request of the transport's own for the same fetch counts as the one answer that matters: the last.</summary>
    public void Answering(int number, AnswerKind answer, int version)
    {
        lock (_gate)
        {
            var fetch = _fetches.FindLast(one => one.Number == number)
                ?? throw new InvalidOperationException("A fetch that nobody started.");
            Pace.Arrived(fetch, clock.GetUtcNow());
            fetch.Version = version;
            fetch.Answer = answer;
        }
    }

    /// <summary>The application's client read the last byte of an answer with status 200.</summary>
    public void ReadToEnd(KeyFetchRecord fetch)
    {
        var now = clock.GetUtcNow();
        var state = fetch.Answer is not (AnswerKind.KeySet or AnswerKind.SlowKeySet) ? FetchState.Failed
            : now - fetch.StartedAt < SoakTimings.SurelyInTime ? FetchState.Taken
            : FetchState.Uncertain;
        End(fetch, state, now);
    }

    public void Fail(KeyFetchRecord fetch) => End(fetch, FetchState.Failed, clock.GetUtcNow());

    /// <summary>Runs a question over the fetches, the last one first, while nothing can be added.</summary>
    public T Ask<T>(Func<IEnumerable<KeyFetchRecord>, T> question)
    {
        lock (_gate)
        {
            return question(LastFirst());
        }
    }

    /// <returns>When the key of an index was published; nothing as long as it is not.</returns>
    public DateTimeOffset? PublishedAt(int key)
    {
        lock (_gate)
        {
            return key < _publishedAt.Count ? _publishedAt[key] : null;
        }
    }

    /// <returns>When the endpoint had the key of an index no more; nothing as long as it has.</returns>
    public DateTimeOffset? WithdrawnAt(int key) => PublishedAt(key + 2);

    private IEnumerable<KeyFetchRecord> LastFirst()
    {
        for (var index = _fetches.Count - 1; index >= 0; index--)
        {
            yield return _fetches[index];
        }
    }

    private void End(KeyFetchRecord fetch, FetchState state, DateTimeOffset now)
    {
        lock (_gate)
        {
            if (fetch.State == FetchState.Pending)
            {
                fetch.State = state;
                fetch.EndedAt = now;
            }
        }
    }
}
