using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace CfAccess.EndToEnd.Tests.Sharing;

/// <summary>A test with a Redis server of its own, and hosts that share it.</summary>
public abstract class RedisTest : IAsyncLifetime
{
    private readonly EphemeralDataProtectionProvider _keyRing = new();
    private RedisServer? _server;

    /// <summary>Each outage, before an instance starts and while it runs.</summary>
    public static TheoryData<Outage, bool> Outages => new()
    {
        { Outage.Killed, false },
        { Outage.Killed, true },
        { Outage.Frozen, false },
        { Outage.Frozen, true },
    };

    private RedisServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() => _server = await RedisServer.StartAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _server?.DisposeAsync() ?? ValueTask.CompletedTask;
    }

    protected Task FailAsync(Outage outage) => Server.FailAsync(outage);

    /// <summary>Ends the outage, and waits until the client of each host is connected again.</summary>
    protected async Task RecoverAsync(params IEnumerable<AccessHost> hosts)
    {
        await Server.RecoverAsync();
        foreach (var host in hosts)
        {
            var cache = host.Services.GetRequiredService<IDistributedCache>();
            await TestDeadline.UntilAsync(() => HasRespondedAsync(cache));
        }
    }

    /// <summary>Gives a host the server as its cache, and the key ring of all hosts of the test.</summary>
    protected void Share(WebApplicationBuilder builder)
    {
        // The client waits for longer than the library, and for as long as a response takes on a loaded machine.
        builder.Services.AddStackExchangeRedisCache(options =>
            options.Configuration = $"127.0.0.1:{Server.Port},asyncTimeout=15000,syncTimeout=15000");
        builder.Services.AddSingleton<IDataProtectionProvider>(_keyRing);
    }

    /// <summary>Sends a request that may wait for the cache, and lets its limit pass once it waits.</summary>
    protected static async Task<HttpStatusCode> WithinAsync(TimeSpan limit, TestClock clock, Func<Task<HttpStatusCode>> send)
    {
        var waits = new Signal();
        clock.OnTimer = due => (due == limit ? waits : new Signal()).Raise();
        var request = send();
        if (await Task.WhenAny(request, waits.ReachedAsync(1)) != request)
        {
            clock.Advance(limit);
        }

        return await request.WithDeadlineAsync();
    }

    private static async Task<bool> HasRespondedAsync(IDistributedCache cache)
    {
        try
        {
            await cache.GetAsync("any");
            return true;
        }
        catch (RedisException)
        {
            // The client has not connected again yet.
            return false;
        }
    }
}
