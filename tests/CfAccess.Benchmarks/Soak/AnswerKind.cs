namespace CfAccess.Benchmarks.Soak;

/// <summary>How the key endpoint answers one request.</summary>
internal enum AnswerKind
{
    KeySet,

    /// <summary>A key set in small pieces, which may take longer than the time for one fetch.</summary>
    SlowKeySet,

    ServerError,
    Hang,
    Truncated,
    Reset,
    EmptySet,
}
