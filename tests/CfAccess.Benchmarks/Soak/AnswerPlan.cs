namespace CfAccess.Benchmarks.Soak;

/// <summary>Draws how the key endpoint answers next: mostly well, but in an outage never.</summary>
internal sealed class AnswerPlan(Random random, OutagePlan outages, TimeProvider clock)
{
    private const double GoodShare = 0.65;
    private const double SlowShare = 0.1;

    private static readonly AnswerKind[] Failures =
        [AnswerKind.ServerError, AnswerKind.Hang, AnswerKind.Truncated, AnswerKind.Reset, AnswerKind.EmptySet];

    private readonly Lock _gate = new();

    /// <returns>The answer, and how long it takes where it is a slow one.</returns>
    public (AnswerKind Kind, TimeSpan Takes) Next()
    {
        var isOut = outages.IsOn(clock.GetUtcNow());
        lock (_gate)
        {
            var drawn = isOut ? 1 : random.NextDouble();
            var kind = drawn < GoodShare ? AnswerKind.KeySet
                : drawn < GoodShare + SlowShare ? AnswerKind.SlowKeySet
                : Failures[random.Next(Failures.Length)];
            return (kind, SoakTimings.FetchTimeout * (0.1 + (1.7 * random.NextDouble())));
        }
    }
}
