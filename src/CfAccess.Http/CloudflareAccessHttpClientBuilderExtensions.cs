using CfAccess.Http;
using CfAccess.Http.Credentials;
using CfAccess.Http.Sending;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>
/// Calls other applications behind Cloudflare Access. The credential is sent to the client's base address and to named origins, and nowhere else: a request or
/// a redirect to another origin throws <see cref="AccessCallException"/>. The primary handler follows no redirects and keeps no cookies; allowed redirects
/// are followed above it.
/// </summary>
public static class CloudflareAccessHttpClientBuilderExtensions
{
    /// <summary>
    /// Lets the client call with a service token. Source: Cloudflare One documentation, "Service tokens".
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="clientId">The Client ID, such as <c>….access</c>.</param>
    /// <param name="clientSecret">The Client Secret. Keep it out of source code: user secrets, environment, a vault.</param>
    /// <param name="origins">
    /// The origins that may receive it besides the base address, each <c>https://host</c> or <c>https://host:port</c>. Plain <c>http</c> is allowed only
    /// to a loopback address or to <c>localhost</c>. Default: none.
    /// </param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">The Client ID or secret is empty or cannot be a header value, or an origin is not valid.</exception>
    public static IHttpClientBuilder AddCloudflareAccessServiceToken(
        this IHttpClientBuilder builder, string clientId, string clientSecret, params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        CheckHeader(clientId, nameof(clientId));
        CheckHeader(clientSecret, nameof(clientSecret));
        return builder.AddServiceToken(
            ServiceTokenSource.FromDelegate(builder.Name, (_, token) => (token.ClientId, token.ClientSecret) = (clientId, clientSecret)), origins);
    }

    /// <summary>
    /// Lets the client call with the service token in a section of the configuration: <c>ClientId</c> and <c>ClientSecret</c>. They are read for each
    /// request, so a secret that is rotated in a source that reloads is used from the next request on. Source: Cloudflare One documentation,
    /// "Service tokens".
    /// <para>
    /// If a value is missing or cannot be a header value, the application does not start, with an <see cref="InvalidOperationException"/> that names the key.
    /// If that happens later, the call throws the exception and nothing is sent.
    /// </para>
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="section">The section, such as <c>builder.Configuration.GetSection("Warehouse")</c>. Other keys in it are ignored.</param>
    /// <param name="origins">
    /// The origins that may receive it besides the base address, each <c>https://host</c> or <c>https://host:port</c>. Plain <c>http</c> is allowed only
    /// to a loopback address or to <c>localhost</c>. Default: none.
    /// </param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">An origin is not valid.</exception>
    public static IHttpClientBuilder AddCloudflareAccessServiceToken(
        this IHttpClientBuilder builder, IConfigurationSection section, params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        return builder.AddServiceToken(ServiceTokenSource.FromSection(builder.Name, section), origins);
    }

    /// <summary>
    /// Lets the client call with a service token from the application's services, such as a vault or options. Source: Cloudflare One documentation,
    /// "Service tokens".
    /// <para>
    /// If a value is missing or cannot be a header value, the application does not start, with an <see cref="InvalidOperationException"/>. If that happens
    /// later, the call throws the exception and nothing is sent.
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
    /// <exception cref="ArgumentException">An origin is not valid.</exception>
    public static IHttpClientBuilder AddCloudflareAccessServiceToken(
        this IHttpClientBuilder builder, Action<IServiceProvider, AccessServiceTokenOptions> configure, params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.AddServiceToken(ServiceTokenSource.FromDelegate(builder.Name, configure), origins);
    }

    /// <summary>Lets the client call with a credential of your own.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="headerNames">The names of all headers that the credential sets. The client's log redacts them.</param>
    /// <param name="create">
    /// Creates the credential: once at start, and once for each handler of the client. The services are those of the handler, which several requests share.
    /// </param>
    /// <param name="origins">
    /// The origins that may receive it besides the base address, each <c>https://host</c> or <c>https://host:port</c>. Plain <c>http</c> is allowed only
    /// to a loopback address or to <c>localhost</c>. Default: none.
    /// </param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException"><paramref name="headerNames"/> is empty or has an empty name, or an origin is not valid.</exception>
    public static IHttpClientBuilder AddCloudflareAccessCredential(
        this IHttpClientBuilder builder,
        IReadOnlyList<string> headerNames,
        Func<IServiceProvider, CloudflareAccessCredential> create,
        params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(headerNames);
        ArgumentNullException.ThrowIfNull(create);
        ArgumentNullException.ThrowIfNull(origins);
        return headerNames.Count == 0 || headerNames.Any(string.IsNullOrWhiteSpace)
            ? throw new ArgumentException("Pass the name of each header that the credential sets.", nameof(headerNames))
            : builder.AddCredential(headerNames, create, origins);
    }

    private static IHttpClientBuilder AddServiceToken(this IHttpClientBuilder builder, ServiceTokenSource source, string[] origins)
    {
        ArgumentNullException.ThrowIfNull(origins);
        return builder.AddCredential(
            ServiceTokenCredential.HeaderNames, services => new ServiceTokenCredential(() => source.Read(services)), origins);
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
