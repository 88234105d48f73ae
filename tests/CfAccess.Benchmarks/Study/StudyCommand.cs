using BenchmarkDotNet.Running;

namespace CfAccess.Benchmarks.Study;

/// <summary>The verb <c>study [filters]</c>: BenchmarkDotNet with its own options.</summary>
internal static class StudyCommand
{
    public static int Run(string[] args)
    {
        BenchmarkSwitcher.FromAssembly(typeof(StudyCommand).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"]);
        return 0;
    }
}
