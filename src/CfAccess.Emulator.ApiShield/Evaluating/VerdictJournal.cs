namespace CfAccess.Emulator.ApiShield.Evaluating;

/// <summary>The last verdicts.</summary>
internal sealed class VerdictJournal
{
    private const int Capacity = 50;
    private readonly Queue<VerdictEntry> _entries = new(Capacity);
    private readonly Lock _gate = new();

    /// <summary>The latest first.</summary>
    public IReadOnlyList<VerdictEntry> Last
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries.Reverse()];
            }
        }
    }

    public void Add(VerdictEntry entry)
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
