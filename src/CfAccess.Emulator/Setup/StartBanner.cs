using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Emulator.Setup;

/// <summary>
/// Says where to go and who can log in, once the application listens. It tells a secret, so it goes to the console and to no log.
/// </summary>
internal sealed class StartBanner(
    AccessEmulator emulator,
    IHostApplicationLifetime lifetime,
    IServiceProvider services) : IHostedService
{
    private CancellationTokenRegistration _started;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _started = lifetime.ApplicationStarted.Register(Write);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _started.Dispose();
        return Task.CompletedTask;
    }

    private void Write()
    {
        // A test server has no address, and its tests need no secrets on the console.
        var address = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if (emulator.HasEdge && address is not null)
        {
            (emulator.Output ?? Console.Out).Write(BannerText.Of(emulator, address));
        }
    }
}
