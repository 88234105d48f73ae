using CfAccess.Benchmarks.Compare;
using CfAccess.Benchmarks.Scale;
using CfAccess.Benchmarks.Serve;
using CfAccess.Benchmarks.Shield;
using CfAccess.Benchmarks.Soak;
using CfAccess.Benchmarks.Study;

return args switch
{
    ["soak", .. var rest] => await SoakCommand.RunAsync(rest),
    ["compare", .. var rest] => await CompareCommand.RunAsync(rest),
    ["shield"] => ShieldCommand.Run(),
    ["scale"] => ScaleCommand.Run(),
    ["study", .. var rest] => StudyCommand.Run(rest),
    ["serve", .. var rest] => await ServeCommand.RunAsync(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        Usage: dotnet run -c Release --project tests/CfAccess.Benchmarks -- <verb>
          compare [folder]       all pairs side by side against the targets; writes benchmarks.json and benchmarks.svg to the folder
          shield                 API Shield's matching and tokens against the targets
          scale                  how cost grows with tokens, threads, claims, audiences and teams
          study [filters]        BenchmarkDotNet, on the parts
          soak [seconds] [seed]  Kestrel under rotating keys and a failing endpoint
        """);
    return 2;
}
