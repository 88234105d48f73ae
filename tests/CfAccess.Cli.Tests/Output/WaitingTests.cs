using CfAccess.Testing;
using Spectre.Console;

namespace CfAccess.Cli.Tests.Output;

/// <summary>What is shown while something goes on.</summary>
public sealed class WaitingTests
{
    [Theory]
    [InlineData(true, AnsiSupport.Yes, 1, true)]
    [InlineData(true, AnsiSupport.Yes, 0, false)]
    [InlineData(true, AnsiSupport.No, 1, false)]
    [InlineData(false, AnsiSupport.Yes, 1, false)]
    public async Task That_it_goes_on_is_shown_on_a_terminal_after_a_second(bool isTerminal, AnsiSupport ansi, int seconds, bool isShown)
    {
        await using var endpoint = await LoopbackKeysEndpoint.StartAsync(TestKey.Get("current"));
        var answers = endpoint.Hold();
        var clock = new TestClock();
        var patience = new Signal();
        clock.OnTimer = due =>
        {
            if (due == TimeSpan.FromSeconds(1))
            {
                patience.Raise();
            }
        };
        var running = new CliRunSetup { Clock = clock, IsTerminal = isTerminal, Ansi = ansi }
            .RunAsync(["keys", "--team", endpoint.Origin.AbsoluteUri]);
        await endpoint.ReceivedAsync(1);
        await patience.ReachedAsync(isTerminal && ansi == AnsiSupport.Yes ? 1 : 0);
        clock.Advance(TimeSpan.FromSeconds(seconds));
        answers.SetResult();
        var run = await running;

        run.ExitCode.ShouldBe(0);
        run.Error.Contains("Fetching", StringComparison.Ordinal).ShouldBe(isShown);
        run.Out.ShouldNotContain("Fetching");
    }
}
