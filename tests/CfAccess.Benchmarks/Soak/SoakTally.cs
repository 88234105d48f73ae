namespace CfAccess.Benchmarks.Soak;

/// <summary>What one client saw, or all of them. Of a fault the first few are kept in words.</summary>
internal sealed class SoakTally
{
    private const int KeptFaults = 10;

    private static readonly int Verdicts = Enum.GetValues<Verdict>().Length;

    private readonly long[] _counts = new long[Enum.GetValues<TokenKind>().Length * Verdicts];
    private readonly List<string> _faults = [];

    public LatencyHistogram Accepted { get; } = new();

    public LatencyHistogram All { get; } = new();

    /// <summary>Requests whose sender went away before the answer.</summary>
    public long Abandoned { get; set; }

    public long Requests => _counts.Sum() + Abandoned;

    public IReadOnlyList<string> Faults => _faults;

    public void Add(TokenKind kind, Verdict verdict) => _counts[((int)kind * Verdicts) + (int)verdict]++;

    public void Add(string fault)
    {
        if (_faults.Count < KeptFaults)
        {
            _faults.Add(fault);
        }
    }

    public void Add(SoakTally other)
    {
        for (var index = 0; index < _counts.Length; index++)
        {
            _counts[index] += other._counts[index];
        }

        Abandoned += other.Abandoned;
        Accepted.Add(other.Accepted);
        All.Add(other.All);
        other._faults.ForEach(Add);
    }

    public long Count(TokenKind kind, Verdict verdict) => _counts[((int)kind * Verdicts) + (int)verdict];

    public long Count(Verdict verdict) => Enum.GetValues<TokenKind>().Sum(kind => Count(kind, verdict));
}
