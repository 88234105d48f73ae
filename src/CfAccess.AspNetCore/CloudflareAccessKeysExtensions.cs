using CfAccess.AspNetCore;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds token validation without an authentication scheme.</summary>
public static class CloudflareAccessKeysExtensions
{
    /// <summary>
    /// Adds <see cref="ICloudflareAccessTokenValidator"/> and <see cref="ICloudflareAccessSigningKeys"/>, with settings from
    /// <c>Authentication:Schemes:CloudflareAccess</c>. Together with <c>AddCloudflareAccess</c>, they use that scheme and its keys. It adds neither
    /// authentication nor Data Protection: an application that sets <c>Keys:Shared</c> or <c>Identity:Shared</c> also calls <c>AddDataProtection</c>.
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
        return services;
    }
}
