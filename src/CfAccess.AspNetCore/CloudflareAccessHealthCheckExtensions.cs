using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Keys;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Health checks of Cloudflare Access.</summary>
public static class CloudflareAccessHealthCheckExtensions
{
    /// <summary>
    /// Adds a check of a scheme's signing keys: healthy while those of every team are fresh, degraded while a refresh fails, and
    /// <paramref name="failureStatus"/> while there are no trusted ones and requests are answered 503. It makes no call of its own.
    /// </summary>
    /// <param name="builder">The application's health checks.</param>
    /// <param name="scheme">The scheme. Default: <c>CloudflareAccess</c>.</param>
    /// <param name="name">The name of the check. Default: the scheme's name.</param>
    /// <param name="failureStatus">What is told without trusted keys. Default: unhealthy.</param>
    /// <param name="tags">Tags to select the check by.</param>
    /// <returns>The builder.</returns>
    public static IHealthChecksBuilder AddCloudflareAccess(
        this IHealthChecksBuilder builder,
        string scheme = CloudflareAccessDefaults.AuthenticationScheme,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        return builder.Add(new HealthCheckRegistration(
            name ?? scheme,
            services => new KeysHealthCheck(scheme, services.GetRequiredService<AccessSchemes>()),
            failureStatus,
            tags));
    }
}
