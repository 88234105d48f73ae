using CfAccess.Emulator;
using CfAccess.Emulator.Setup;

namespace Microsoft.Extensions.Hosting;

/// <summary>Turns the Cloudflare Access emulator on.</summary>
public static class AccessEmulatorExtensions
{
    /// <summary>
    /// In Development, puts an emulated Cloudflare Access before the application and makes it the team of every Cloudflare Access scheme:
    /// <c>TeamDomain</c> and <c>Teams</c> become the emulator's, configured <c>Audiences</c> stay. Outside Development it registers
    /// nothing but one line of log, unless <see cref="AccessEmulatorOptions.AllowOutsideDevelopment"/> is set. Stands before or after
    /// <c>AddCloudflareAccess</c>; a second call only adds its <paramref name="configure"/>.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="configure">
    /// Changes the options. Outside Development it is also run while the application is built, to learn whether the emulator may run.
    /// </param>
    /// <returns><paramref name="builder"/>.</returns>
    public static IHostApplicationBuilder AddCloudflareAccessEmulator(
        this IHostApplicationBuilder builder,
        Action<AccessEmulatorOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        EmulatorRegistration.In(builder.Services, builder.Environment.IsDevelopment()).Add(builder.Services, configure);
        return builder;
    }

    /// <summary>
    /// Puts an emulator that exists already before the application, so that several applications in one process share it. It is the same as
    /// the other overload in all else; disposing of the emulator stays with the caller.
    /// </summary>
    /// <param name="builder">The application's builder.</param>
    /// <param name="emulator">The emulator.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="InvalidOperationException">
    /// This is not Development, and <see cref="AccessEmulatorOptions.AllowOutsideDevelopment"/> of the emulator is not set.
    /// </exception>
    public static IHostApplicationBuilder AddCloudflareAccessEmulator(this IHostApplicationBuilder builder, AccessEmulator emulator)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(emulator);
        EmulatorRegistration.In(builder.Services, builder.Environment.IsDevelopment()).Use(builder.Services, emulator);
        return builder;
    }
}
