using CfAccess.Emulator.ApiShield;
using CfAccess.Emulator.ApiShield.Setup;
using CfAccess.Emulator.Setup;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds API Shield to the Cloudflare Access emulator of an application.</summary>
public static class AccessEmulatorApiShieldExtensions
{
    /// <summary>
    /// Turns the Cloudflare Access emulator on, as <see cref="AccessEmulatorExtensions"/> does, and adds Cloudflare's HTTP API for API Shield's JWT
    /// validation. The application's API Shield enforces the rules of that API instead of its documents. There are no rules at first. Outside
    /// Development the emulator is off, and the documents are used. The order of the calls does not matter.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="configure">Changes the options of the API. It is run when <c>configure</c> of the emulator is run.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    public static IHostApplicationBuilder AddCloudflareAccessEmulatorApiShield(
        this IHostApplicationBuilder builder, Action<AccessEmulatorApiShieldOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddCloudflareAccessEmulator(options => ShieldPartOptions.AddTo(options, configure));
        EmulatorRegistration.In(builder.Services, builder.Environment.IsDevelopment()).WhenOn(builder.Services, ShieldPart.AddTo);
        return builder;
    }
}
