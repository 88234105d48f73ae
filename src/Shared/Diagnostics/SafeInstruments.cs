using System.Diagnostics.Metrics;

namespace CfAccess.Shared.Diagnostics;

/// <summary>
/// Measures without throwing. A meter listener is called on the spot, is the application's, and may throw anything; see <see cref="SafeLogger"/>.
/// </summary>
internal static class SafeInstruments
{
    public static void AddOne(this Counter<long> counter, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            counter.Add(1, tags);
        }
        catch (Exception)
        {
            // See above.
        }
    }

    public static void RecordSafely(this Histogram<double> histogram, double value, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            histogram.Record(value, tags);
        }
        catch (Exception)
        {
            // See above.
        }
    }
}
