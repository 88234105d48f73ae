namespace CfAccess.Emulator.Edge;

/// <summary>The last requests that the edge met.</summary>
internal sealed class EdgeJournal
{
    private const int Capacity = 50;
    private readonly Queue<EdgeEntry> _entries = new(Capacity);
    private readonly Lock _gate = new();

    /// <summary>The latest first.</summary>
    public IReadOnlyList<EdgeEntry> Last
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Reverse()];
            }
        }
    }

    public void Add(EdgeEntry entry)
    {
        lock (_gate)
        {
            if (_entries.Count == Capacity)
            {
                _entries.Dequeue();
            }

            _entries.Enqueue(entry);
        }
    }
}
