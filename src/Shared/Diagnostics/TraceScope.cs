using System.Diagnostics;

namespace CfAccess.Shared.Diagnostics;

/// <summary>
/// An activity from its start to its end, or none if nobody listens. An activity listener is called on the spot, is the application's, and may
/// throw anything; see <see cref="SafeLogger"/>.
/// </summary>
internal readonly struct TraceScope : IDisposable
{
    private readonly Activity? _before;

    private TraceScope(Activity? activity, Activity? before)
    {
        Activity = activity;
        _before = before;
    }

    public Activity? Activity { get; }

    public static TraceScope Start(ActivitySource source, string name)
    {
        var before = Activity.Current;
        try
        {
            return new(source.StartActivity(name), before);
        }
        catch (Exception)
        {
            // Another listener may have seen the start already, and has to see the end.
            return Activity.Current is { } started && started != before ? new(started, before) : default;
        }
    }

    public void Dispose()
    {
        try
        {
            Activity?.Dispose();
        }
        catch (Exception)
        {
            // The listener kept the activity from leaving. It would stay the parent of all later activities.
            Activity.Current = _before;
        }
    }
}
