using System.Globalization;

namespace CfAccess.Benchmarks.Soak;

/// <summary>One fetch of keys, as the application's HTTP client and the endpoint saw it. Changed under the ledger's lock.</summary>
internal sealed class KeyFetchRecord(int number, bool isPlanned, DateTimeOffset startedAt)
{
    public int Number { get; } = number;

    /// <summary>Whether the scheme's schedule caused it; else a request did.</summary>
    public bool IsPlanned { get; } = isPlanned;

    public DateTimeOffset StartedAt { get; } = startedAt;

    public DateTimeOffset? EndedAt { get; set; }

    public FetchState State { get; set; }

    /// <summary>How the endpoint answered; nothing as long as it has not been reached.</summary>
    public AnswerKind? Answer { get; set; }

    /// <summary>Which key set the endpoint answered with.</summary>
    public int Version { get; set; }

    /// <summary>Whether the key of this index is in the answer, as far as is known now.</summary>
    public bool MayBring(int key) => State != FetchState.Failed && (Answer is null || Brings(key));

    public bool Brings(int key) => key == Version || key == Version - 1;

    public bool IsTakenBy(DateTimeOffset time) => State == FetchState.Taken && EndedAt <= time;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"fetch {Number} ({(IsPlanned ? "planned" : "by a request")}, {StartedAt:HH:mm:ss.fff} to {EndedAt:HH:mm:ss.fff}): "
        + $"{Answer}, set {Version}, {State}");
}
