using System.Text.Json;
using CfAccess.Testing;

namespace CfAccess.Cli.Tests.Keys;

/// <summary>A rotation, an outage and its end, as <c>--watch</c> tells them.</summary>
public sealed class WatchTests
{
    [Fact]
    public async Task A_rotation_is_told_as_it_happens_and_nothing_where_nothing_happens()
    {
        await using var endpoint = await LoopbackKeysEndpoint.StartAsync(TestKey.Get("previous"), TestKey.Get("current"));
        var clock = new TestClock();
        var waits = new Signal();
        clock.OnTimer = due =>
        {
            if (due == TimeSpan.FromSeconds(20))
            {
                waits.Raise();
            }
        };
        using var end = new CancellationTokenSource();
        using var output = new StringWriter();
        var watching = new CliRunSetup { Clock = clock, Out = output }.RunAsync(
            ["keys", "--team", endpoint.Origin.AbsoluteUri, "--watch", "--interval", "20", "--json"], end.Token);

        await waits.ReachedAsync(1);
        await LookAgainAsync(2);
        endpoint.Publish(TestKey.Get("current"), TestKey.Get("next"));
        await LookAgainAsync(3);
        endpoint.AnswerWith(500, "down");
        await LookAgainAsync(4);
        await LookAgainAsync(5);
        endpoint.Publish(TestKey.Get("current"), TestKey.Get("next"));
        await LookAgainAsync(6);
        await end.CancelAsync();
        var run = await watching;

        run.ExitCode.ShouldBe(0);
        Changes(run.Out).ShouldBe(
        [
            ("published", TestKey.Get("previous").Kid),
            ("published", TestKey.Get("current").Kid),
            ("published", TestKey.Get("next").Kid),
            ("withdrawn", TestKey.Get("previous").Kid),
            ("unreachable", null),
            ("reachable", null),
        ]);

        Task LookAgainAsync(int look)
        {
            clock.Advance(TimeSpan.FromSeconds(20));
            return waits.ReachedAsync(look);
        }
    }

    [Fact]
    public async Task Two_keys_of_one_kid_are_told_once_and_another_in_the_place_of_one_is_told()
    {
        await using var endpoint = await LoopbackKeysEndpoint.StartAsync();
        var (one, two, three) = (TestKey.Get("current").ToJwk(), TestKey.Get("previous").ToJwk(), TestKey.Get("next").ToJwk());
        (one["kid"], two["kid"], three["kid"], two["use"]) = ("same", "same", "same", "enc");
        endpoint.AnswerWith(200, KeysEndpoint.Document(one.DeepClone(), two));
        var clock = new TestClock();
        var waits = new Signal();
        clock.OnTimer = due =>
        {
            if (due == TimeSpan.FromSeconds(20))
            {
                waits.Raise();
            }
        };
        using var end = new CancellationTokenSource();
        using var output = new StringWriter();
        var watching = new CliRunSetup { Clock = clock, Out = output }.RunAsync(
            ["keys", "--team", endpoint.Origin.AbsoluteUri, "--watch", "--interval", "20", "--json"], end.Token);

        await waits.ReachedAsync(1);
        clock.Advance(TimeSpan.FromSeconds(20));
        await waits.ReachedAsync(2);
        endpoint.AnswerWith(200, KeysEndpoint.Document(three));
        clock.Advance(TimeSpan.FromSeconds(20));
        await waits.ReachedAsync(3);
        await end.CancelAsync();

        var run = await watching;
        Changes(run.Out).ShouldBe([("published", "same"), ("unusable", "same"), ("published", "same")]);
        run.Out.ShouldContain("in the place of another of this kid");
    }

    [Fact]
    public async Task As_text_a_change_is_a_line_with_the_time()
    {
        await using var endpoint = await LoopbackKeysEndpoint.StartAsync(TestKey.Get("current"));
        var clock = new TestClock();
        var waits = new Signal();
        clock.OnTimer = due =>
        {
            if (due == TimeSpan.FromSeconds(30))
            {
                waits.Raise();
            }
        };
        using var end = new CancellationTokenSource();
        var watching = new CliRunSetup { Clock = clock }.RunAsync(["keys", "--team", endpoint.Origin.AbsoluteUri, "--watch"], end.Token);
        await waits.ReachedAsync(1);
        await end.CancelAsync();

        (await watching).Out.ShouldBe($"2026-03-01 12:00:00 UTC  {TestKey.Get("current").Kid}  published{Environment.NewLine}");
    }

    private static IEnumerable<(string?, string?)> Changes(string lines) => lines
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => JsonElement.Parse(line))
        .Select(change => (change.GetProperty("change").GetString(), change.GetProperty("kid").GetString()));
}
