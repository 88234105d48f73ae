using CfAccess.AspNetCore;
using CfAccess.AspNetCore.ExternalEvaluation;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds what answers Cloudflare Access where a policy asks the application who may log in.</summary>
public static class CloudflareAccessExternalEvaluationExtensions
{
    /// <summary>
    /// Adds External Evaluation, with settings from <c>CloudflareAccess:ExternalEvaluation</c>; <c>AddCloudflareAccess</c> or
    /// <c>AddCloudflareAccessKeys</c> stands beside it. Settings and key store are checked when the application starts.
    /// <c>app.MapAccessExternalEvaluation</c> says where and how it answers. A second call only adds its <paramref name="configure"/>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; wins over configuration.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCloudflareAccessExternalEvaluation(
        this IServiceCollection services, Action<CloudflareAccessExternalEvaluationOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddDataProtection();
        services.TryAddSingleton(EvaluationSetup.Create);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IConfigureOptions<CloudflareAccessExternalEvaluationOptions>, ReadEvaluationSettings>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<CloudflareAccessExternalEvaluationOptions>, ValidateEvaluationOptions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EvaluationStartup>());
        var options = services.AddOptions<CloudflareAccessExternalEvaluationOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        return services;
    }
}
