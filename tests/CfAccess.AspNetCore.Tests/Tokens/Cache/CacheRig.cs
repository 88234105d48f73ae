using System.Net;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Tokens.Cache;

/// <summary>An application with a cache, that tells hits, misses, entries, and the signatures that were checked.</summary>
internal sealed class CacheRig : IAsyncDisposable
{
    private CacheRig(AccessHost host)
    {
        Host = host;
        Metrics = new CacheCounter(host.Services);
        Validator = host.Services.GetRequiredService<AccessSchemes>().Get(CloudflareAccessDefaults.AuthenticationScheme);
    }

    public AccessHost Host { get; }

    public CacheCounter Metrics { get; }

    public TokenValidator Validator { get; }

    public SignatureChecks Checks { get; } = new();

    /// <summary>Starts an application that holds the keys <c>previous</c> and <c>current</c> already.</summary>
    public static async Task<CacheRig> StartAsync(
        Action<CloudflareAccessOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null)
    {
        var rig = new CacheRig(await AccessHost.StartAsync(
            options =>
            {
                options.Keys.Prewarm = CloudflareAccessPrewarm.FailFast;
                configure?.Invoke(options);
            },
            build,
            map));
        rig.Checks.CountThoseOf(rig.Validator.Teams[0].Keys.Find(TestKey.Get("current").Kid, rig.Host.Clock.GetUtcNow())!);
        return rig;
    }

    public Task<HttpStatusCode> StatusAsync(string token, string path = "/me") => Host.StatusAsync(token, path);

    /// <summary>Whether the validator finds the token good, without a request around it.</summary>
    public async Task<bool> IsGoodAsync(string token) => (await Validator.ValidateAsync(token, CancellationToken.None)).Succeeded;

    /// <summary>Lets the team publish other keys, and waits until they are held.</summary>
    public async Task PublishAsync(params TestKey[] keys)
    {
        Host.Endpoint.Publish(keys);
        var fetches = Host.Fetches.Count;
        Validator.Teams[0].Keys.Refresh();
        await Host.Fetches.EndedAsync(fetches + 1);
    }

    public ValueTask DisposeAsync()
    {
        Metrics.Dispose();
        return Host.DisposeAsync();
    }
}
