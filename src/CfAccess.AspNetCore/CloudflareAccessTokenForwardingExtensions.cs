using CfAccess.AspNetCore.Outgoing;
using CfAccess.Http;
using Microsoft.AspNetCore.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Calls other applications behind Cloudflare Access for the caller of the current request.</summary>
public static class CloudflareAccessTokenForwardingExtensions
{
    /// <summary>
    /// Lets the client call for the caller of the current request, with the token that was validated in it. Without such a caller, a call throws
    /// <see cref="InvalidOperationException"/> and nothing is sent. The token is sent to the client's base address and to named origins, and nowhere else: a
    /// request or a redirect to another origin throws <see cref="AccessCallException"/>. Source: Cloudflare One documentation, "Linked App Token".
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
    /// <exception cref="ArgumentException">An origin is not valid.</exception>
    public static IHttpClientBuilder AddCloudflareAccessUser(this IHttpClientBuilder builder, params string[] origins)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddHttpContextAccessor();
        return builder.AddCloudflareAccessCredential(
            [TokenForwardingCredential.HeaderName],
            services => new TokenForwardingCredential(services.GetRequiredService<IHttpContextAccessor>()),
            origins);
    }
}
