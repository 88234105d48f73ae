using CfAccess.Emulator;
using CfAccess.Emulator.Setup;
using Microsoft.Extensions.Hosting;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>Turns an application under test over to an emulator.</summary>
public static class AccessEmulatorWebHostBuilderExtensions
{
    /// <summary>
    /// Puts the emulator before the application and makes it the team of every Cloudflare Access scheme, whether the application has an
    /// emulator of its own or not. For <c>WebApplicationFactory.WithWebHostBuilder</c>; disposing of the emulator stays with the caller.
    /// </summary>
    /// <param name="builder">The application's host.</param>
    /// <param name="emulator">The emulator; several hosts can share it.</param>
    /// <returns><paramref name="builder"/>.</returns>
    /// <exception cref="InvalidOperationException">
    /// When the host is built: this is not Development, and <see cref="AccessEmulatorOptions.AllowOutsideDevelopment"/> of the emulator is
    /// not set.
    /// </exception>
    public static IWebHostBuilder UseCloudflareAccessEmulator(this IWebHostBuilder builder, AccessEmulator emulator)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(emulator);
        return builder.ConfigureServices((context, services) =>
            EmulatorRegistration.In(services, context.HostingEnvironment.IsDevelopment()).Use(services, emulator));
    }
}
