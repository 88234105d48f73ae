using System.Globalization;

namespace CfAccess.Benchmarks.Soak;

/// <summary>The process's memory once all that is garbage is gone.</summary>
internal readonly record struct MemoryReading(long Managed, long WorkingSet)
{
    private const double Mebibyte = 1024 * 1024;

    public static MemoryReading Take()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return new MemoryReading(GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Managed / Mebibyte:0.0} MiB managed, {WorkingSet / Mebibyte:0.0} MiB working set");
}
