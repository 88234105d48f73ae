namespace CfAccess.Benchmarks.Compare;

/// <summary>
/// What has to hold. Ratios are medians of the ratios within rounds; the peer is JwtBearer. The targets are those of an AMD EPYC with 2 cores, where
/// Kestrel itself takes half of the peer's CPU. The last figures of an Intel Xeon, where Kestrel took a third, were below them.
/// </summary>
internal static class Targets
{
    /// <summary>A valid token that was seen before, in time of JwtBearer.</summary>
    public const double Seen = 0.07;

    /// <summary>Bytes that a token seen before may take above the constant handler.</summary>
    public const double SeenBytes = 1536;

    /// <summary>A valid token for the first time, in time of JwtBearer, in times of the raw signature check, and in bytes of JwtBearer.</summary>
    public const double First = 0.96;
    public const double FirstAgainstRaw = 1.35;
    public const double FirstBytes = 0.75;

    /// <summary>Garbage, in time of JwtBearer; the screen alone in microseconds and bytes.</summary>
    public const double Garbage = 0.3;
    public const double Screen = 0.5;
    public const double ScreenBytes = 0;

    /// <summary>Exceptions for garbage, for a header of malformed JSON, and for an unknown <c>kid</c>.</summary>
    public const double GarbageExceptions = 0;
    public const double MalformedExceptions = 1;
    public const double UnknownExceptions = 0;

    /// <summary>Malformed JSON in a right-shaped header, an unknown <c>kid</c>, and a bad signature, in time of JwtBearer.</summary>
    public const double Malformed = 0.5;
    public const double UnknownKey = 0.04;
    public const double BadSignature = 0.9;

    /// <summary>Signatures that are checked for an unknown <c>kid</c>, and for a bad signature.</summary>
    public const double UnknownChecks = 0;
    public const double BadSignatureChecks = 1;

    /// <summary>On Kestrel, CPU of a request: a token seen before, and a flood of unknown <c>kid</c>s with logs to a file.</summary>
    public const double Served = 0.7;
    public const double ServedAgainstConstant = 1.2;
    public const double Flood = 0.45;

    /// <summary>Megabytes that 10,000 cached tokens may take.</summary>
    public const double CachedMegabytes = 45;

    /// <summary>The first authenticated request after start with keys fetched ahead, in time of one that has to fetch them.</summary>
    public const double FirstRequest = 0.65;
}
