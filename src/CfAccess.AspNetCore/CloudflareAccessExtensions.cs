using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authentication;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Turns Cloudflare Access authentication on.</summary>
public static class CloudflareAccessExtensions
{
    /// <summary>
    /// Adds authentication, authorization and the scheme <c>CloudflareAccess</c>, with settings from
    /// <c>Authentication:Schemes:CloudflareAccess</c>. It becomes the default scheme unless there is one.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configure">Sets options; wins over configuration.</param>
    /// <returns>A builder, to add more schemes.</returns>
    public static AuthenticationBuilder AddCloudflareAccess(
        this IServiceCollection services, Action<CloudflareAccessOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddAuthorization();
        services.PostConfigure<AuthenticationOptions>(
            options => options.DefaultScheme ??= CloudflareAccessDefaults.AuthenticationScheme);
        return services.AddAuthentication().AddCloudflareAccess(configure);
    }

    /// <summary>Adds the scheme <c>CloudflareAccess</c>.</summary>
    /// <param name="builder">The application's authentication.</param>
    /// <param name="configure">Sets options; wins over configuration.</param>
    /// <returns>The builder.</returns>
    public static AuthenticationBuilder AddCloudflareAccess(
        this AuthenticationBuilder builder, Action<CloudflareAccessOptions>? configure = null) =>
        builder.AddCloudflareAccess(CloudflareAccessDefaults.AuthenticationScheme, configure);

    /// <summary>
    /// Adds a scheme under a name of its own, with settings from <c>Authentication:Schemes:{scheme}</c>. A second call for a scheme adds
    /// its <paramref name="configure"/> only.
    /// </summary>
    /// <param name="builder">The application's authentication.</param>
    /// <param name="scheme">The name of the scheme.</param>
    /// <param name="configure">Sets options; wins over configuration.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="scheme"/> is empty.</exception>
    public static AuthenticationBuilder AddCloudflareAccess(
        this AuthenticationBuilder builder, string scheme, Action<CloudflareAccessOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        builder.Services.AddTeams(scheme, configure);
        if (!builder.Services.Any(service => service.ImplementationInstance is HandlerMarker marker && marker.Scheme == scheme))
        {
            builder.Services.AddSingleton(new HandlerMarker(scheme));
            builder.AddScheme<CloudflareAccessOptions, CloudflareAccessHandler>(scheme, null);
        }

        return builder;
    }

    /// <summary>Tells a second call for a scheme from the first.</summary>
    private sealed record HandlerMarker(string Scheme);
}
