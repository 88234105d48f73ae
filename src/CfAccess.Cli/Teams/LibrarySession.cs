using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Teams;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.Cli.Teams;

/// <summary>The library, put together as an application puts it together, but for requests: its validator, its keys, its client.</summary>
internal sealed class LibrarySession : IDisposable
{
    private readonly IHost _host;

    private LibrarySession(IHost host) => _host = host;

    public KeysWitness Witness => _host.Services.GetRequiredService<KeysWitness>();

    public CloudflareAccessOptions Options =>
        _host.Services.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>().Get(CloudflareAccessDefaults.AuthenticationScheme);

    public ICloudflareAccessTokenValidator Validator => _host.Services.GetRequiredService<ICloudflareAccessTokenValidator>();

    public IReadOnlyList<AccessTeam> Teams =>
        _host.Services.GetRequiredService<AccessSchemes>().Get(CloudflareAccessDefaults.AuthenticationScheme).Teams;

    /// <param name="configure">The options that the application has.</param>
    /// <param name="clock">The clock of keys and tokens.</param>
    /// <param name="network">What stands in the place of the network; none for the network.</param>
    public static LibrarySession Start(Action<CloudflareAccessOptions> configure, TimeProvider clock, Func<HttpMessageHandler>? network = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = Environments.Production });
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton<KeysWitness>();
        builder.Services.AddCloudflareAccessKeys(options =>
        {
            // One token is judged, and its keys are waited for to the end of the fetch.
            options.TokenCache.Enabled = false;
            options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
            options.Keys.WaitBudget = options.Keys.FetchTimeout + TimeSpan.FromSeconds(5);
            configure(options);
        });
        var client = builder.Services.AddHttpClient(CloudflareAccessDefaults.KeysHttpClient)
            .AddHttpMessageHandler(services => services.GetRequiredService<KeysWitness>().Handler(clock))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        if (network is not null)
        {
            client.ConfigurePrimaryHttpMessageHandler(network);
        }

        return new(builder.Build());
    }

    /// <summary>Fetches a team's keys as the library does, once.</summary>
    public Task<KeyFetchResult> FetchKeysAsync(TeamChoice team, TimeProvider clock, CancellationToken cancellationToken) =>
        new KeySetFetcher(_host.Services.GetRequiredService<IHttpClientFactory>(), team.KeysUrl, Options.Keys, clock).FetchAsync(cancellationToken);

    public void Dispose() => _host.Dispose();
}
