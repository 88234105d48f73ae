namespace CfAccess.AspNetCore.ExternalEvaluation.Keys;

/// <summary>
/// Which keys there have to be at a time. A successor is made an overlap before the last key retires, so that it is published for an
/// overlap before it signs; a key is published for an overlap after it retired.
/// </summary>
internal sealed class EvaluationKeyPlan(CloudflareAccessExternalEvaluationOptions options)
{
    private static readonly TimeSpan LongestKept = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Youth = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan YoungLook = TimeSpan.FromSeconds(5);

    /// <summary>How long a key has to count from when a question comes: while the application decides, and as long as the answer does.</summary>
    public TimeSpan TimeToAnswer => options.Timeout + options.AnswerLifetime;

    /// <summary>
    /// How long a look at the store, or an answer of the keys endpoint, counts. Both together are much shorter than an overlap, so that
    /// every instance has published a key, and nobody keeps a set without it, when the first instance signs with it.
    /// </summary>
    public TimeSpan Kept => options.KeyOverlap / 4 < LongestKept ? options.KeyOverlap / 4 : LongestKept;

    /// <summary>
    /// When to look next. A first key signs at once, since there is no other; while it is young, another instance may have made one of its
    /// own at the same moment, in a store that cannot keep them from it.
    /// </summary>
    public TimeSpan NextLook(EvaluationKeySet held, DateTimeOffset now) =>
        held.Keys.Any(key => key.SignsFrom <= now && now - key.SignsFrom < Youth) ? YoungLook : Kept;

    /// <summary>Whether a new key is due.</summary>
    public bool IsDue(IEnumerable<EvaluationKey> known, DateTimeOffset now) => IsDue(Living(known, now), now);

    /// <param name="known">The keys that are known.</param>
    /// <param name="now">The time.</param>
    /// <returns>Those that still count, and a new one where one is due.</returns>
    public IReadOnlyList<EvaluationKey> Next(IEnumerable<EvaluationKey> known, DateTimeOffset now)
    {
        var keys = Living(known, now);
        if (IsDue(keys, now))
        {
            var start = keys is [.., var last] ? StartOfSuccessor(last, now) : now;
            keys.Add(EvaluationKey.Make(options.CreateKeyPair(), start, options.KeyLifetime, options.KeyOverlap));
        }

        return keys;
    }

    private static List<EvaluationKey> Living(IEnumerable<EvaluationKey> known, DateTimeOffset now) =>
        EvaluationKeySet.Ordered(known.Where(key => now < key.Ends));

    private bool IsDue(List<EvaluationKey> living, DateTimeOffset now) => living is not [.., var last] || now >= last.Retires - options.KeyOverlap;

    /// <summary>After a whole overlap, but while the last key can still sign: an application that was not asked for long is late.</summary>
    private DateTimeOffset StartOfSuccessor(EvaluationKey last, DateTimeOffset now)
    {
        var latest = last.Ends - options.AnswerLifetime;
        var published = now + options.KeyOverlap;
        var start = published < latest ? published : latest;
        return start > last.Retires ? start : last.Retires;
    }
}
