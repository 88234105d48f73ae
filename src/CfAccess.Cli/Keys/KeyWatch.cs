using CfAccess.Cli.Output;

namespace CfAccess.Cli.Keys;

/// <summary>Asks for a team's keys again and again, and tells what changed, until it is ended.</summary>
internal sealed class KeyWatch(KeysAsked asked, Page page, Surroundings surroundings, TimeSpan interval)
{
    private KeysReport? _known;
    private string? _trouble;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var (report, _, trouble) = await asked.FetchAsync(cancellationToken);
            if (!cancellationToken.IsCancellationRequested)
            {
                Tell(report, trouble);
            }

            await Task.Delay(interval, surroundings.Clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Tell(KeysReport? report, string? trouble)
    {
        if (report is null)
        {
            if (trouble != _trouble)
            {
                Say("unreachable", kid: null, trouble!);
            }

            _trouble = trouble;
            return;
        }

        if (_trouble is not null)
        {
            Say("reachable", kid: null, "the keys can be fetched again");
            _trouble = null;
        }

        foreach (var (change, kid, words) in Changes(report))
        {
            Say(change, kid, words);
        }

        _known = report;
    }

    private IEnumerable<(string Change, string? Kid, string Words)> Changes(KeysReport report)
    {
        var before = _known?.Keys ?? [];
        var fresh = report.Keys.Where(key => !before.Any(key.IsSame)).ToList();
        foreach (var key in fresh)
        {
            var published = before.Any(known => known.Kid == key.Kid) ? "published, in the place of another of this kid" : "published";
            yield return key.Usable
                ? ("published", key.Kid, key.Current ? published + "; it signs now" : published)
                : ("unusable", key.Kid, $"published, but not used: {key.Problem}");
        }

        // Of one whose place another took that is told already.
        foreach (var key in before.Where(known => !report.Keys.Any(known.IsSame) && !fresh.Exists(key => key.Kid == known.Kid)))
        {
            yield return ("withdrawn", key.Kid, "withdrawn: its tokens are refused from now on");
        }

        if (_known is not null && report.CurrentKid != _known.CurrentKid)
        {
            yield return ("current", report.CurrentKid, "signs now");
        }
    }

    private void Say(string change, string? kid, string words)
    {
        var line = new KeyChange(surroundings.Clock.GetUtcNow(), change, kid, words);
        page.Report(line, CliJsonLines.Default.KeyChange, text =>
            text.Lines($"{Times.Utc(line.At)}  {(kid is null ? string.Empty : Printable.Of(kid) + "  ")}{words}"));
    }
}

/// <summary>A change that <c>--watch</c> saw.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Change"><c>published</c>, <c>unusable</c>, <c>withdrawn</c>, <c>current</c>, <c>unreachable</c> or <c>reachable</c>.</param>
/// <param name="Kid">The key.</param>
/// <param name="Message">The same in words.</param>
internal sealed record KeyChange(DateTimeOffset At, string Change, string? Kid, string Message);
