using CfAccess.AspNetCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Turns the team's keys and the rules for tokens on, without an authentication scheme.</summary>
public static class CloudflareAccessKeysExtensions
{
    /// <summary>
    /// Adds <see cref="CloudflareAccessKeys"/>, which gives the keys and rules to <c>AddJwtBearer</c>, and
    /// <see cref="ICloudflareAccessTokenValidator"/>, with settings from <c>Authentication:Schemes:CloudflareAccess</c>. Beside
    /// <c>AddCloudflareAccess</c> they are those of that scheme, with the same keys. It adds neither authentication nor Data Protection: an
    /// application that sets <c>Keys:Shared</c> or <c>Identity:Shared</c> also calls <c>AddDataProtection</c>.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; wins over configuration. Those about requests and answers have no effect.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCloudflareAccessKeys(
        this IServiceCollection services, Action<CloudflareAccessOptions>? configure = null) =>
        services.AddCloudflareAccessKeys(CloudflareAccessDefaults.AuthenticationScheme, configure);

    /// <summary>Adds the same under a name of its own, with settings from <c>Authentication:Schemes:{name}</c>.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="name">The name, by which the keys and the validator are asked.</param>
    /// <param name="configure">Sets options; wins over configuration. Those about requests and answers have no effect.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public static IServiceCollection AddCloudflareAccessKeys(
        this IServiceCollection services, string name, Action<CloudflareAccessOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        services.AddTeams(name, configure);

        // Only here, so that a trimmed application without JwtBearer is spared what it brings.
        services.TryAddSingleton(provider => new CloudflareAccessKeys(
            provider.GetRequiredService<AccessSchemes>(),
            provider.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>(),
            provider.GetServices<SettingsName>()));
        return services;
    }
}
