namespace CfAccess.Benchmarks.Soak;

/// <summary>The largest number of events in any stretch of time of one length.</summary>
internal sealed class SlidingWindow(TimeSpan length)
{
    private readonly Queue<DateTimeOffset> _recent = new();

    public int Largest { get; private set; }

    public void Add(DateTimeOffset time)
    {
        _recent.Enqueue(time);
        while (time - _recent.Peek() >= length)
        {
            _recent.Dequeue();
        }

        Largest = Math.Max(Largest, _recent.Count);
    }
}
