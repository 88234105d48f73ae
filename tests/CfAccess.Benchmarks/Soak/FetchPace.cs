namespace CfAccess.Benchmarks.Soak;

/// <summary>
/// How often the endpoint is asked. What a request causes has a bound; what the schedule causes has not, but is rare. Called under the
/// ledger's lock.
/// </summary>
internal sealed class FetchPace
{
    private const int ManyCooldowns = 10;

    private readonly SlidingWindow _oneCooldown = new(SoakTimings.Cooldown);
    private readonly SlidingWindow _manyCooldowns = new(SoakTimings.Cooldown * ManyCooldowns);

    public int Planned { get; private set; }

    public int ByRequests { get; private set; }

    /// <summary>Requests at the endpoint that the transport sent again by itself, when a kept connection broke.</summary>
    public int SentAgain { get; private set; }

    /// <summary>As the endpoint saw it; a fetch that is late on its way there can make it two.</summary>
    public int LargestInOneCooldown => _oneCooldown.Largest;

    /// <summary>As the application's client saw it, which the way to the endpoint does not blur.</summary>
    public int LargestInManyCooldowns => _manyCooldowns.Largest;

    /// <summary>One at each end of ten cool-downs, and those between; more is a storm.</summary>
    public bool IsStorm => LargestInManyCooldowns > ManyCooldowns + 1;

    /// <summary>The scheme has one at a time; one that it gave up may still be on its way out of the client when the next starts.</summary>
    public int MostAtOnce { get; private set; }

    public void Started(KeyFetchRecord fetch, int underWay)
    {
        MostAtOnce = Math.Max(MostAtOnce, underWay);
        if (fetch.IsPlanned)
        {
            Planned++;
        }
        else
        {
            ByRequests++;
            _manyCooldowns.Add(fetch.StartedAt);
        }
    }

    public void Arrived(KeyFetchRecord fetch, DateTimeOffset now)
    {
        if (fetch.Answer is not null)
        {
            SentAgain++;
        }
        else if (!fetch.IsPlanned)
        {
            _oneCooldown.Add(now);
        }
    }
}
