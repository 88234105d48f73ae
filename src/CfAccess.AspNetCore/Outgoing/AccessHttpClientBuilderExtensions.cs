using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Outgoing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Calls other applications behind Cloudflare Access. What proves who calls goes to the client's base address and to origins that are named, and
/// nowhere else: a request to another origin, or a redirect there, throws <see cref="AccessCallException"/>. The primary handler follows no
/// redirects and keeps no cookies; allowed redirects are followed above it.
/// </summary>
public static class AccessHttpClientBuilderExtensions
{
    /// <summary>
    /// Lets the client call as a service token. Source: Cloudflare One documentation, "Service tokens".
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="clientId">The Client ID, such as <c>….access</c>.</param>
    /// <param name="clientSecret">The Client Secret. Keep it out of source code: user secrets, environment, a vault.</param>
    /// <param name="origins">
    /// The origins that may receive it besides the base address, each <c>https://host</c> or <c>https://host:port</c>. Plain <c>http</c> is allowed only
    /// to a loopback address or to <c>localhost</c>. Default: none.
    /// </param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">Client ID or secret is empty or cannot stand in a header, or an origin is none.</exception>
    public static IHttpClientBuilder AddCloudflareAccessServiceToken(
        this IHttpClientBuilder builder, string clientId, string clientSecret, params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        CheckHeader(clientId, nameof(clientId));
        CheckHeader(clientSecret, nameof(clientSecret));
        return builder.AddServiceToken(
            ServiceTokenSource.Of(builder.Name, (_, token) => (token.ClientId, token.ClientSecret) = (clientId, clientSecret)), origins);
    }

    /// <summary>
    /// Lets the client call as the service token that a section of the configuration holds, as <c>ClientId</c> and <c>ClientSecret</c>. They are
    /// read for each request, so a secret that is rotated in a source that reloads counts from the next one on. Source: Cloudflare One
    /// documentation, "Service tokens".
    /// <para>
    /// What is missing, or cannot stand in a header, stops the start with an <see cref="InvalidOperationException"/> that names the key; where it
    /// goes missing later, a call throws it and nothing is sent.
    /// </para>
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="section">The section, such as <c>builder.Configuration.GetSection("Warehouse")</c>. Other keys in it are passed over.</param>
    /// <param name="origins">
    /// The origins that may receive it besides the base address, each <c>https://host</c> or <c>https://host:port</c>. Plain <c>http</c> is allowed only
    /// to a loopback address or to <c>localhost</c>. Default: none.
    /// </param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">An origin is none.</exception>
    public static IHttpClientBuilder AddCloudflareAccessServiceToken(
        this IHttpClientBuilder builder, IConfigurationSection section, params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddServiceToken(ServiceTokenSource.Of(builder.Name, section), origins);
    }

    /// <summary>
    /// Lets the client call as a service token that comes from the application's services: a vault, options. Source: Cloudflare One documentation,
    /// "Service tokens".
    /// <para>
    /// What it leaves out, or what cannot stand in a header, stops the start with an <see cref="InvalidOperationException"/>; where it does so
    /// later, a call throws it and nothing is sent.
    /// </para>
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">
    /// Sets the token. It is called once at start and for each request, at the same time by several: let it read from memory, such as an
    /// <c>IOptionsMonitor</c>. The services are those of the client's handler, which several requests share.
    /// </param>
    /// <param name="origins">
    /// The origins that may receive it besides the base address, each <c>https://host</c> or <c>https://host:port</c>. Plain <c>http</c> is allowed only
    /// to a loopback address or to <c>localhost</c>. Default: none.
    /// </param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">An origin is none.</exception>
    public static IHttpClientBuilder AddCloudflareAccessServiceToken(
        this IHttpClientBuilder builder, Action<IServiceProvider, AccessServiceTokenOptions> configure, params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.AddServiceToken(ServiceTokenSource.Of(builder.Name, configure), origins);
    }

    /// <summary>
    /// Lets the client call for the caller of the request that is being answered, with the token that was validated in it. Without such a caller a
    /// call throws <see cref="InvalidOperationException"/> and nothing is sent. Source: Cloudflare One documentation, "Linked App Token".
    /// <para>
    /// The application that is called can use the token as this user until its <c>exp</c>, also at your application. Name only origins that you trust
    /// as much as your own.
    /// </para>
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="origins">
    /// The origins that may receive it besides the base address, each <c>https://host</c> or <c>https://host:port</c>. Plain <c>http</c> is allowed only
    /// to a loopback address or to <c>localhost</c>. Default: none.
    /// </param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">An origin is none.</exception>
    public static IHttpClientBuilder AddCloudflareAccessUser(this IHttpClientBuilder builder, params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(origins);
        builder.Services.AddHttpContextAccessor();
        return builder.AddProof(
            origins,
            [CallerHandler.Token],
            (services, allowed) => new CallerHandler(allowed, services.GetRequiredService<IHttpContextAccessor>()));
    }

    private static IHttpClientBuilder AddServiceToken(this IHttpClientBuilder builder, ServiceTokenSource source, string[] origins)
    {
        ArgumentNullException.ThrowIfNull(origins);
        return builder.AddProof(
            origins,
            [ServiceTokenHandler.ClientId, ServiceTokenHandler.ClientSecret],
            (services, allowed) => new ServiceTokenHandler(allowed, () => source.Read(services)),
            services => source.Read(services));
    }

    private static void CheckHeader(string value, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameter);
        if (ServiceTokenSource.ProblemOf(value) is { } problem)
        {
            throw new ArgumentException("It " + problem, parameter);
        }
    }
}
