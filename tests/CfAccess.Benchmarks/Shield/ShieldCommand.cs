using System.Globalization;
using CfAccess.Benchmarks.Compare;

namespace CfAccess.Benchmarks.Shield;

/// <summary>The verb <c>shield</c>. Exits with 0 if every target is met, 1 if not.</summary>
internal static class ShieldCommand
{
    public static int Run()
    {
        var start = TimeProvider.System.GetTimestamp();
        List<Measurement> all = [.. ShieldMatching.Run(), .. ShieldEndpoints.Run(), .. ShieldToken.Run()];
        ResultTable.Write(Console.Out, Machine.Describe(), all);
        var missed = all.Count(measurement => !measurement.IsMet);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Count - missed} of {all.Count} targets met, in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0} s."));
        return missed == 0 ? 0 : 1;
    }
}
