using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Tokens;

/// <summary>The tokens that a host has judged, each as the tags of its metric.</summary>
internal sealed class JudgedTokens : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _tags = new();

    public JudgedTokens(AccessHost host)
    {
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == meters && instrument.Name == "cloudflare_access.token.validations")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
            _tags.Enqueue(string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
        _listener.Start();
    }

    /// <summary>The tags of the last one.</summary>
    public string? Last => _tags.LastOrDefault();

    public void Dispose() => _listener.Dispose();
}
