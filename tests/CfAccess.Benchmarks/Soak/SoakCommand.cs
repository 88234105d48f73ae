using System.Globalization;
using System.Runtime.InteropServices;

namespace CfAccess.Benchmarks.Soak;

/// <summary>The verb <c>soak [seconds] [seed]</c>. Exits with 0 if all that must be zero is, 1 if not, 2 for bad arguments.</summary>
internal static class SoakCommand
{
    private const int DefaultSeconds = 60;
    private const int MostSeconds = 24 * 60 * 60;

    public static async Task<int> RunAsync(string[] args)
    {
        var seconds = DefaultSeconds;
        var seed = Random.Shared.Next();
        if (args.Length > 2
            || (args.Length > 0 && !TryRead(args[0], 1, MostSeconds, out seconds))
            || (args.Length > 1 && !TryRead(args[1], 0, int.MaxValue, out seed)))
        {
            Console.Error.WriteLine($"soak takes 1 to {MostSeconds} seconds, and a seed.");
            return 2;
        }

        using var interrupted = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, interrupted));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, interrupted));
        SoakReport.WriteHead(Console.Out, seconds, seed);
        var result = await SoakRun.RunAsync(TimeSpan.FromSeconds(seconds), seed, TimeProvider.System, interrupted.Token);
        SoakReport.Write(Console.Out, result);
        return result.IsClean ? 0 : 1;
    }

    /// <summary>Ends early and still reports.</summary>
    private static void Stop(PosixSignalContext context, CancellationTokenSource interrupted)
    {
        context.Cancel = true;
        interrupted.Cancel();
    }

    private static bool TryRead(string text, int least, int most, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most;
}
