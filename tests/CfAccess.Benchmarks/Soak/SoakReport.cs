using System.Globalization;

namespace CfAccess.Benchmarks.Soak;

/// <summary>Tells what counts, and then what came of it.</summary>
internal static class SoakReport
{
    private static readonly Verdict[] Columns =
        [Verdict.Accepted, Verdict.Refused, Verdict.RefusedEarly, Verdict.RefusedForFailedFetch, Verdict.Unavailable];

    public static void WriteHead(TextWriter writer, int seconds, int seed) => writer.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        Soak of {seconds} s, seed {seed}; cool-down {Time(SoakTimings.Cooldown)}, fetch time-out {Time(SoakTimings.FetchTimeout)}, maximum staleness {Time(SoakTimings.MaximumStaleness)}
          False accept: a 200 for a token that is not genuine, that had expired when it was sent, or whose key the scheme cannot have held: the
            last byte of an answer without it had been read {Time(SoakTimings.Settling)} before, or the last fetch that may have brought it was older than
            the maximum staleness.
          False refusal: a 401 for a good token whose key an answer had brought {Time(SoakTimings.Settling)} before, endpoint failing or not; or whose key
            no answer had brought, unless a fetch that started in the cool-down before the request or while it waited failed or was answered
            before the key was published. Once the key has been published for {Time(SoakTimings.Owed)} (cool-down + fetch time-out) only a failed fetch is left
            as an excuse: "refused for failed fetch", which keys.md answers 401 (keys_not_current); before that, "refused early".
          False 503: one while a trusted set was held. A storm: more fetches caused by requests in ten cool-downs than eleven.

        """));

    public static void Write(TextWriter writer, SoakResult result)
    {
        var tally = result.Tally;
        var pace = result.Pace;
        WriteTable(writer, tally);
        Line(writer, "requests", $"{tally.Requests} in {result.Took.TotalSeconds:0.0} s, {tally.Requests / result.Took.TotalSeconds:0} a second; {tally.Abandoned} abandoned by their sender");
        foreach (var verdict in SoakResult.Zeros)
        {
            Line(writer, Words(verdict), $"{result.Count(verdict)} (must be 0)");
        }

        Line(writer, "503", $"{tally.Count(Verdict.Unavailable)}");
        Line(writer, "fetches", $"{pace.ByRequests} caused by requests, {pace.Planned} planned, {pace.SentAgain} sent again by the transport; most at once {pace.MostAtOnce} (one is meant)");
        Line(writer, "largest pace", $"{pace.LargestInOneCooldown} caused by requests in one cool-down (at the endpoint), {pace.LargestInManyCooldowns} in ten (at the client; must be at most 11)");
        Line(writer, "rotations", $"{result.Rotations}");
        Line(writer, "outages", result.Outages);
        Line(writer, "latency", $"accepted: p50 {Time(tally.Accepted.Percentile(0.5))}, p99 {Time(tally.Accepted.Percentile(0.99))}; all: p50 {Time(tally.All.Percentile(0.5))}, p99 {Time(tally.All.Percentile(0.99))}");
        Line(writer, "memory at start", $"{result.Before}");
        Line(writer, "memory at end", $"{result.After}");
        if (result.Pace.IsStorm)
        {
            Line(writer, "storm", "requests caused more fetches than the cool-down allows");
        }

        foreach (var fault in result.WarmUp.Faults.Concat(tally.Faults))
        {
            writer.WriteLine("  " + fault);
        }

        writer.WriteLine(result.IsClean ? "Clean." : result.IsEmpty ? "Not clean: no token was ever accepted." : "Not clean.");
    }

    private static void WriteTable(TextWriter writer, SoakTally tally)
    {
        writer.WriteLine($"{"tokens",-24}" + string.Concat(Columns.Select(column => $"{Words(column),26}")));
        foreach (var kind in Enum.GetValues<TokenKind>())
        {
            writer.WriteLine($"{Words(kind),-24}" + string.Concat(Columns.Select(column => $"{tally.Count(kind, column),26}")));
        }

        writer.WriteLine();
    }

    private static void Line(TextWriter writer, string name, FormattableString text) => Line(writer, name, FormattableString.Invariant(text));

    private static void Line(TextWriter writer, string name, string text) => writer.WriteLine($"{name,-24}{text}");

    private static string Time(TimeSpan time) => time < TimeSpan.FromSeconds(10)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.#} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");

    /// <summary>A name of the code, in words.</summary>
    private static string Words(Enum value) =>
        string.Concat(value.ToString().Select((letter, at) => char.IsUpper(letter) && at > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
