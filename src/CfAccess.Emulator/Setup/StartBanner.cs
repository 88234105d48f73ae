using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Emulator.Setup;

/// <summary>
/// Says where to go and who can log in, once the application listens. It contains a secret, so it goes to the console and to no log.
/// </summary>
internal sealed class StartBanner(AccessEmulator emulator, IServiceProvider services) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        // A test server has no address, and its tests need no secrets on the console.
        var listening = services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses;
        if (emulator.HasEdge && listening is { Count: > 0 })
        {
            var address = await ListeningAddress.FindAsync(listening, emulator.Clock, cancellationToken).ConfigureAwait(false);
            var text = BannerText.Of(emulator, address, await AppPaths.FindAsync(services).ConfigureAwait(false));
            await (emulator.Output ?? Console.Out).WriteAsync(text.AsMemory(), cancellationToken).ConfigureAwait(false);
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
