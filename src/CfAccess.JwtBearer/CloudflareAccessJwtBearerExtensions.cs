using CfAccess.AspNetCore;
using CfAccess.JwtBearer;
using CfAccess.JwtBearer.Handling;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets a JwtBearer scheme validate tokens of Cloudflare Access.</summary>
public static class CloudflareAccessJwtBearerExtensions
{
    /// <summary>
    /// Lets the JwtBearer scheme <c>Bearer</c> validate tokens of Cloudflare Access, with the rules, keys, cache, groups, and policies of CfAccess. Call it
    /// together with <c>AddJwtBearer</c>. The token comes from the header <c>Cf-Access-Jwt-Assertion</c> or the cookie <c>CF_Authorization</c>, unless your
    /// <see cref="JwtBearerEvents.OnMessageReceived"/> sets one. Settings come from <c>Authentication:Schemes:CloudflareAccess</c>.
    /// </summary>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="configure">Sets options. Default: none.</param>
    /// <returns>The authentication of the application.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="builder"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The method was already called for this scheme.</exception>
    public static AuthenticationBuilder AddCloudflareAccessJwtBearer(
        this AuthenticationBuilder builder, Action<CloudflareAccessJwtBearerOptions>? configure = null) =>
        builder.AddCloudflareAccessJwtBearer(JwtBearerDefaults.AuthenticationScheme, configure);

    /// <summary>
    /// Lets a JwtBearer scheme validate tokens of Cloudflare Access. The application does not start if there is no such scheme, or if
    /// an option of the scheme, such as <see cref="AuthenticationSchemeOptions.EventsType"/>, would bypass this call. The events of
    /// <see cref="CloudflareAccessOptions"/> are not called; use those of JwtBearer.
    /// </summary>
    /// <param name="builder">The authentication of the application.</param>
    /// <param name="bearerScheme">The name given to <c>AddJwtBearer</c>.</param>
    /// <param name="configure">Sets options. Default: none.</param>
    /// <returns>The authentication of the application.</returns>
    /// <exception cref="ArgumentException"><paramref name="bearerScheme"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">The method was already called for this scheme.</exception>
    public static AuthenticationBuilder AddCloudflareAccessJwtBearer(
        this AuthenticationBuilder builder, string bearerScheme, Action<CloudflareAccessJwtBearerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(bearerScheme);
        var options = new CloudflareAccessJwtBearerOptions();
        configure?.Invoke(options);
        var services = builder.Services;
        if (services.Any(service => service.ImplementationInstance is BearerSchemeName known && known.Name == bearerScheme))
        {
            throw new InvalidOperationException($"AddCloudflareAccessJwtBearer was already called for the scheme '{bearerScheme}'. Call it once.");
        }

        services.AddSingleton(new BearerSchemeName(bearerScheme));
        services.AddCloudflareAccessKeys(options.Settings);
        services.AddSingleton<IPostConfigureOptions<JwtBearerOptions>>(provider => new ConfigureJwtBearer(
            bearerScheme,
            options,
            provider.GetRequiredService<ICloudflareAccessTokenValidator>(),
            provider.GetRequiredService<ICloudflareAccessSigningKeys>(),
            provider.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>()));
        services.AddSingleton<IHostedService>(provider => new JwtBearerStartup(
            bearerScheme,
            provider.GetRequiredService<IAuthenticationSchemeProvider>(),
            provider.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>()));
        return builder;
    }
}
