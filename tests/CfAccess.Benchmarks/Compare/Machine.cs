using System.Globalization;
using System.Runtime.InteropServices;

namespace CfAccess.Benchmarks.Compare;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const string ProcessorInfo = "/proc/cpuinfo";

    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {Processor()}, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}");

    private static string Processor() => File.Exists(ProcessorInfo)
        ? File.ReadLines(ProcessorInfo)
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unnamed processor"
        : RuntimeInformation.ProcessArchitecture.ToString();
}
