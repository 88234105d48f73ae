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
        Soak of {seconds} s, seed {seed}
        Cool-down {Time(SoakTimings.Cooldown)}, fetch time-out {Time(SoakTimings.FetchTimeout)},
        maximum staleness {Time(SoakTimings.MaximumStaleness)}, wait budget {Time(SoakTimings.WaitBudget)}.
        False accept: a 200 for a token that is not genuine, that had expired when it was sent, or whose key the scheme cannot have held:
          {Time(SoakTimings.Settling)} before, an answer without it had been read to its end, or the last fetch that may have brought it was
          older than the maximum staleness.
        False refusal: a 401 for a good token whose key an answer had brought {Time(SoakTimings.Settling)} before, endpoint failing or
          not; or whose key no answer had brought, unless a fetch failed, or was answered before the key was published, that was under way
          when the token was sent, or started in the cool-down before that or while the request waited. Once the key has been
          published for {Time(SoakTimings.Owed)} (cool-down + fetch time-out), only a failed fetch is an excuse: "refused for failed fetch",
          as keys.md answers 401 (keys_not_current); before that, "refused early".
        False unavailable: a 503 while a trusted set was held.
        A storm: more than 11 fetches caused by requests in ten cool-downs.

        """));

    public static void Write(TextWriter writer, SoakResult result)
    {
        var tally = result.Tally;
        WriteTable(writer, tally);
        var rate = tally.Requests / result.Took.TotalSeconds;
        Line(writer, "requests", $"{tally.Requests} in {result.Took.TotalSeconds:0.0} s, {rate:0} a second");
        Line(writer, "abandoned", $"{tally.Abandoned} by their sender");
        foreach (var verdict in SoakResult.Zeros)
        {
            Line(writer, Words(verdict), $"{result.Count(verdict)} (must be 0)");
        }

        Line(writer, "503", $"{tally.Count(Verdict.Unavailable)}");
        WritePace(writer, result.Pace);
        Line(writer, "rotations", $"{result.Rotations}");
        Line(writer, "outages", result.Outages);
        Line(writer, "latency", $"accepted: {Percentiles(tally.Accepted)}; all: {Percentiles(tally.All)}");
        Line(writer, "memory at start", $"{result.Before}");
        Line(writer, "memory half-way", $"{result.HalfWay}");
        Line(writer, "memory at end", $"{result.After}");
        foreach (var fault in result.WarmUp.Faults.Concat(tally.Faults))
        {
            writer.WriteLine("  " + fault);
        }

        writer.WriteLine(result.IsClean ? "Clean." : result.IsEmpty ? "Not clean: no token was ever accepted." : "Not clean.");
    }

    private static void WritePace(TextWriter writer, FetchPace pace)
    {
        Line(writer, "fetches", $"{pace.ByRequests} caused by requests, {pace.Planned} planned");
        Line(writer, "sent again", $"{pace.SentAgain} by the transport");
        Line(writer, "at once", $"at most {pace.MostAtOnce} (1 is meant; one given up may still be on its way out of the client)");
        Line(writer, "in one cool-down", $"at most {pace.LargestInOneCooldown} caused by requests, as the endpoint saw it");
        Line(writer, "in ten cool-downs", $"at most {pace.LargestInManyCooldowns} caused by requests, as the client saw it (11 allowed)");
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

    private static string Percentiles(LatencyHistogram latencies) =>
        $"p50 {Time(latencies.Percentile(0.5))}, p99 {Time(latencies.Percentile(0.99))}";

    private static void Line(TextWriter writer, string name, FormattableString text) =>
        Line(writer, name, FormattableString.Invariant(text));

    private static void Line(TextWriter writer, string name, string text) => writer.WriteLine($"{name,-24}{text}");

    private static string Time(TimeSpan time) => time < TimeSpan.FromSeconds(10)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.#} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0} s");

    /// <summary>A name of the code, in words.</summary>
    private static string Words(Enum value) => string.Concat(value.ToString().Select(
        (letter, at) => char.IsUpper(letter) && at > 0 ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
