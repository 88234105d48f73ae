using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Keys;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tests.Keys;

/// <summary>A key provider on a manual clock, with the library's own HTTP client, in front of an endpoint on a real socket.</summary>
internal sealed class KeyRig : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly FetchCounter _fetches;

    private KeyRig(LoopbackKeysEndpoint endpoint, Uri url, CloudflareAccessKeyOptions options, Action<IServiceCollection>? build)
    {
        Endpoint = endpoint;
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).Services.AddSecretWatch(Log));
        services.AddCloudflareAccess();
        build?.Invoke(services);
        _services = services.BuildServiceProvider();

        _fetches = new FetchCounter(_services);
        var fetcher = new KeySetFetcher(_services.GetRequiredService<IHttpClientFactory>(), url, options, Clock);
        var diagnostics = new KeyDiagnostics(
            _services.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategories.Keys),
            _services.GetRequiredService<AccessMetrics>(),
            _services.GetRequiredService<AccessTraces>(),
            url);
        Options = options;
        Refresher = new KeyRefresher(fetcher, shared: null, options, Clock, diagnostics);
        Provider = new SigningKeyProvider(Refresher, options, Clock, diagnostics);
    }

    public TestClock Clock { get; } = new();

    public LogCollector Log { get; } = new();

    public LoopbackKeysEndpoint Endpoint { get; }

    public CloudflareAccessKeyOptions Options { get; }

    public KeyRefresher Refresher { get; }

    public SigningKeyProvider Provider { get; }

    /// <summary>When the next planned fetch is due; nothing while it is in flight.</summary>
    public DateTimeOffset? NextAttemptAt => Provider.Report().NextAttemptAt;

    /// <summary>The fetches that unknown keys did not cause, since one was just made, as the metric tells it.</summary>
    public long SuppressedCount => _fetches.SuppressedCount;

    /// <summary>The outcome of every fetch so far, as the metric tells it.</summary>
    public IReadOnlyList<string> Outcomes => _fetches.Outcomes;

    public static TestKey Old => TestKey.Get("previous");

    public static TestKey Current => TestKey.Get("current");

    public static TestKey Next => TestKey.Get("next");

    public static async Task<KeyRig> StartAsync(
        Action<CloudflareAccessKeyOptions>? configure = null, Uri? url = null, Action<IServiceCollection>? build = null)
    {
        var endpoint = await LoopbackKeysEndpoint.StartAsync(Old, Current);
        var options = new CloudflareAccessKeyOptions();
        configure?.Invoke(options);
        return new KeyRig(endpoint, url ?? endpoint.CertsUrl, options, build);
    }

    /// <summary>A rig that holds the keys <c>previous</c> and <c>current</c>, and whose cool-down is over.</summary>
    public static async Task<KeyRig> StartWarmAsync(
        Action<CloudflareAccessKeyOptions>? configure = null, Action<IServiceCollection>? build = null)
    {
        var rig = await StartAsync(configure, build: build);
        rig.Provider.Refresh();
        await rig.FetchedAsync(1);
        return rig;
    }

    /// <summary>Waits until so many fetches have ended, in all.</summary>
    public Task FetchedAsync(int count) => _fetches.EndedAsync(count);

    /// <summary>What the provider holds in memory.</summary>
    public SecurityKey? Find(TestKey key) => Provider.Find(key.Kid, Clock.GetUtcNow());

    public Task<KeyResolution> ResolveAsync(TestKey key, CancellationToken cancellationToken = default) =>
        ResolveAsync(key.Kid, cancellationToken);

    public Task<KeyResolution> ResolveAsync(string kid, CancellationToken cancellationToken = default) =>
        Provider.ResolveAsync(kid, cancellationToken).AsTask();

    /// <summary>The answer, if it comes at once; else nothing.</summary>
    public KeyResolution? AtOnce(string kid) => ResolveAsync(kid) is { IsCompletedSuccessfully: true } done ? done.Result : null;

    public async Task<KeyStatus> StatusAsync(TestKey key) => (await ResolveAsync(key)).Status;

    public void AdvanceTo(DateTimeOffset time) => Clock.Advance(time - Clock.GetUtcNow());

    /// <summary>Moves the clock to the next planned fetch, which must come within the given time, and waits until it has ended.</summary>
    public async Task<TimeSpan> AdvanceToFetchAsync(TimeSpan within)
    {
        var next = _fetches.Count + 1;
        var start = Clock.GetUtcNow();

        // Read once: the fetch may end, and the next be planned, before this thread looks again.
        var due = NextAttemptAt;
        if (due > start)
        {
            due.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(start + within, "No fetch was planned within the time.");
            AdvanceTo(due.Value);
        }

        await FetchedAsync(next);
        return Clock.GetUtcNow() - start;
    }

    public async ValueTask DisposeAsync()
    {
        Provider.Dispose();
        _fetches.Dispose();
        await _services.DisposeAsync();
        await Endpoint.DisposeAsync();
        Log.Dispose();
    }
}
