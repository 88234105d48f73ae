namespace CfAccess.Benchmarks.Soak;

/// <summary>What a soak brought, warm-up apart.</summary>
internal sealed record SoakResult(
    SoakTally WarmUp,
    SoakTally Tally,
    TimeSpan Took,
    MemoryReading Before,
    MemoryReading HalfWay,
    MemoryReading After,
    FetchPace Pace,
    int Rotations,
    string Outages)
{
    /// <summary>What must not happen once, also not in the warm-up.</summary>
    public static readonly Verdict[] Zeros =
    [
        Verdict.FalseAccept,
        Verdict.FalseRefusal,
        Verdict.FalseUnavailable,
        Verdict.ServerError,
        Verdict.Unexpected,
        Verdict.Unanswered,
    ];

    public long Count(Verdict verdict) => WarmUp.Count(verdict) + Tally.Count(verdict);

    /// <summary>Zeros show nothing where no token ever passed.</summary>
    public bool IsEmpty => Count(Verdict.Accepted) == 0;

    public bool IsClean => !IsEmpty && !Pace.IsStorm && Zeros.All(verdict => Count(verdict) == 0);
}
