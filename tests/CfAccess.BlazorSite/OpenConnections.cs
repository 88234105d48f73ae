using System.Collections.Concurrent;

namespace CfAccess.BlazorSite;

/// <summary>The open requests, so that a test can cut the connection of a circuit as a bad network does.</summary>
public sealed class OpenConnections
{
    private readonly ConcurrentDictionary<HttpContext, bool> _open = new();

    public void Cut()
    {
        foreach (var context in _open.Keys)
        {
            context.Abort();
        }
    }

    internal async Task TrackAsync(HttpContext context, RequestDelegate next)
    {
        _open.TryAdd(context, true);
        try
        {
            await next(context);
        }
        finally
        {
            _open.TryRemove(context, out _);
        }
    }
}
