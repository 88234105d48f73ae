using CfAccess.Emulator.ApiShield;
using CfAccess.Emulator.ApiShield.Setup;

namespace CfAccess.Emulator;

/// <summary>Adds API Shield to an emulator that code creates.</summary>
public static class AccessEmulatorOptionsApiShieldExtensions
{
    /// <summary>
    /// Adds Cloudflare's HTTP API for API Shield's JWT validation, for <see cref="AccessEmulator"/> and <see cref="AccessEmulatorHost"/>. An
    /// application that uses the emulator enforces the rules of that API instead of its documents. A second call only adds its
    /// <paramref name="configure"/>.
    /// </summary>
    /// <param name="options">The options of the emulator.</param>
    /// <param name="configure">Changes the options of the API.</param>
    /// <returns><paramref name="options"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public static AccessEmulatorOptions AddApiShield(this AccessEmulatorOptions options, Action<AccessEmulatorApiShieldOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ShieldPartOptions.AddTo(options, configure);
        return options;
    }
}
