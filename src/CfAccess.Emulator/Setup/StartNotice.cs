using CfAccess.Shared.Diagnostics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CfAccess.Emulator.Setup;

/// <summary>Says at start that the emulator is off, or on where it should rarely be.</summary>
internal sealed class StartNotice(EmulatorRegistration registration, IHostEnvironment environment, ILoggerFactory loggers)
    : IHostedService
{
    private readonly SafeLogger _logger = new(loggers.CreateLogger(Log.Category));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        switch (registration.State)
        {
            case { IsOn: false }:
                Log.Off(_logger, environment.EnvironmentName);
                break;
            case { IsAllowedByCode: false } when !environment.IsDevelopment():
                throw new InvalidOperationException(
                    $"AddCloudflareAccessEmulator was called in Development, and the environment is {environment.EnvironmentName} now. Set the "
                    + "environment before the call, from outside or through WebApplicationOptions.EnvironmentName.");
            case { IsAllowedByCode: true }:
                Log.OutsideDevelopment(_logger, environment.EnvironmentName);
                break;
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
