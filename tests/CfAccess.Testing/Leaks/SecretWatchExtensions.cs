using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.Testing.Leaks;

/// <summary>Puts a host under watch.</summary>
public static class SecretWatchExtensions
{
    /// <summary>The host's disposal fails where it told a secret; see <see cref="SecretWatch"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="log">Where its log is kept; a new one where nobody looks at it.</param>
    public static IServiceCollection AddSecretWatch(this IServiceCollection services, LogCollector? log = null)
    {
        services.AddSingleton(provider => new SecretWatch(
            log ?? new LogCollector(), provider.GetService<IMeterFactory>(), provider.GetKeyedService<ActivitySource>("CfAccess")));

        // Made with the first logger, and so disposed of after all that logs.
        return services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<SecretWatch>().Log);
    }
}
