using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Outgoing;
using Microsoft.AspNetCore.Http;

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
    /// Where it may go beside the base address, each <c>https://host</c> or <c>https://host:port</c>; <c>http</c> only on this machine. Default: none.
    /// </param>
    /// <returns>The client.</returns>
    /// <exception cref="ArgumentException">Client ID or secret is empty or cannot stand in a header, or an origin is none.</exception>
    public static IHttpClientBuilder AddCloudflareAccessServiceToken(
        this IHttpClientBuilder builder, string clientId, string clientSecret, params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(origins);
        CheckHeader(clientId, nameof(clientId));
        CheckHeader(clientSecret, nameof(clientSecret));
        return builder.AddProof(
            origins,
            [ServiceTokenHandler.ClientId, ServiceTokenHandler.ClientSecret],
            (_, allowed) => new ServiceTokenHandler(allowed, clientId, clientSecret));
    }

    /// <summary>
    /// Lets the client call for the caller of the request that is being answered, with the token that was validated in it. Without such a caller a
    /// call throws <see cref="InvalidOperationException"/> and nothing is sent. Source: Cloudflare One documentation, "Linked App Token".
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="origins">
    /// Where it may go beside the base address, each <c>https://host</c> or <c>https://host:port</c>; <c>http</c> only on this machine. Default: none.
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

    private static void CheckHeader(string value, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value, parameter);
        if (value.Any(character => character is <= ' ' or > '~'))
        {
            throw new ArgumentException("It has a character that cannot stand in a header. Copy it again, without blanks or line breaks.", parameter);
        }
    }
}
