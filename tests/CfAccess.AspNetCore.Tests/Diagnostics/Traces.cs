using System.Collections.Concurrent;
using System.Diagnostics;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Diagnostics;

/// <summary>The activities that a host has ended, each as its name, its tags and its status.</summary>
internal sealed class Traces : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly Signal _count = new();

    public Traces(AccessHost host)
    {
        var source = host.Services.GetRequiredKeyedService<ActivitySource>(CloudflareAccessDefaults.DiagnosticsName);
        _listener = new ActivityListener
        {
            ShouldListenTo = one => one == source,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                _ended.Enqueue(activity);
                _count.Raise();
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> Ended => [.. _ended];

    public IReadOnlyList<string> Told => [.. _ended.Select(Tell)];

    public Task EndedAsync(int count) => _count.ReachedAsync(count);

    public void Dispose() => _listener.Dispose();

    private static string Tell(Activity activity)
    {
        var tags = string.Join(' ', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"));
        var status = activity.Status == ActivityStatusCode.Unset ? string.Empty : $" {activity.Status}: {activity.StatusDescription}";
        return $"{activity.OperationName} {tags}{status}";
    }
}
