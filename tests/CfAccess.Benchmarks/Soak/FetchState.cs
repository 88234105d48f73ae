namespace CfAccess.Benchmarks.Soak;

/// <summary>What became of a fetch.</summary>
internal enum FetchState
{
    /// <summary>Not over.</summary>
    Pending,

    /// <summary>No key set came of it.</summary>
    Failed,

    /// <summary>A whole key set was read in good time.</summary>
    Taken,

    /// <summary>A whole key set was read, so near to the time-out that the scheme may have given up.</summary>
    Uncertain,
}
