using CfAccess.ApiShield;
using CfAccess.ApiShield.Diagnostics;
using CfAccess.ApiShield.Setup;
using CfAccess.Shared.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what enforces API Shield's token validation rules.</summary>
public static class ApiShieldServiceCollectionExtensions
{
    /// <summary>
    /// Adds API Shield, with settings from the section <c>ApiShield</c> of configuration. Settings and documents are checked when the
    /// application starts. <c>app.UseApiShield()</c> puts it into force.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; wins over configuration.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddApiShield(this IServiceCollection services, Action<ApiShieldOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddMetrics();
        services.TryAddSingleton<ApiShieldMetrics>();
        services.AddActivitySource(ApiShieldDefaults.DiagnosticsName);
        services.TryAddSingleton<MiddlewareMark>();
        services.TryAddSingleton(provider => new ApiShieldRuleSetProvider(
            provider.GetRequiredService<IOptions<ApiShieldOptions>>(),
            provider.GetRequiredService<IHostEnvironment>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<ApiShieldMetrics>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<ApiShieldOptions>, ReadApiShieldSettings>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ApiShieldOptions>, ValidateApiShieldOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ApiShieldStartup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, EndpointStartup>());
        var options = services.AddOptions<ApiShieldOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        return services;
    }
}
