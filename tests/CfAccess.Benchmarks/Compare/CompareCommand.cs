using System.Globalization;

namespace CfAccess.Benchmarks.Compare;

/// <summary>The verb <c>compare [folder]</c>. Exits with 0 if every target is met, 1 if not, 2 for bad arguments.</summary>
internal static class CompareCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length > 1)
        {
            Console.Error.WriteLine("compare takes a folder, to which it writes what it measured.");
            return 2;
        }

        var folder = Directory.CreateDirectory(args is [var given] ? given : ".").FullName;
        var start = TimeProvider.System.GetTimestamp();
        List<Measurement> all = [];
        all.AddRange(CacheSizeCase.Run());
        all.AddRange(HandlerCases.Run());
        all.AddRange(await KestrelCases.RunAsync());
        all.Add(await StartCase.RunAsync());
        var machine = Machine.Describe();

        ResultTable.Write(Console.Out, machine, all);
        await ResultJson.WriteAsync(Path.Combine(folder, "benchmarks.json"), machine, all);
        await File.WriteAllTextAsync(Path.Combine(folder, "benchmarks.svg"), ResultChart.Draw(machine, all));
        var missed = all.Count(measurement => !measurement.IsMet);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Count - missed} of {all.Count} targets met, in {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0} s."));
        return missed == 0 ? 0 : 1;
    }
}
