using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Connections;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Protects the circuits of Blazor components that run on the server.</summary>
public static class AccessCircuitEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Ties each circuit to the Cloudflare Access token that opened it, and to pages of this host. Call it on what <c>MapRazorComponents</c> and
    /// <c>AddInteractiveServerRenderMode</c> return, or on <c>MapBlazorHub</c>. Only the endpoints of circuits are affected: a link on another site still
    /// opens a page.
    /// <list type="bullet">
    /// <item>A page of another origin cannot open a circuit: the response is 403, by the rules of <c>RequireAccessSameOrigin</c>. A browser sends the token
    /// for a page of another site too, and CORS does not stop a WebSocket.</item>
    /// <item>A rejected token opens no circuit: the response is 401, or 503 if signing keys are unavailable. A caller without a token gets an anonymous
    /// circuit.</item>
    /// <item>The connection closes at the token's <c>exp</c>. The scheme <c>CloudflareAccess</c> need not be the default scheme.</item>
    /// </list>
    /// With or without this call, a circuit ends before its next event if its token has expired, or if another user has connected to it.
    /// </summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder of the components' endpoints, or a group that contains them.</param>
    /// <param name="allowedOrigins">
    /// Origins of pages that may open circuits, besides the host of the request, such as <c>https://www.example.com</c>. Name the application's own public
    /// origin too if a proxy changes <c>Host</c>. Default: none.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">A value is not an origin.</exception>
    public static TBuilder ProtectCircuitsWithAccess<TBuilder>(this TBuilder builder, params string[] allowedOrigins)
        where TBuilder : IEndpointConventionBuilder =>
        builder.ProtectCircuitsWithAccess(CloudflareAccessDefaults.AuthenticationScheme, allowedOrigins);

    /// <summary>Does the same for a Cloudflare Access scheme with another name.</summary>
    /// <typeparam name="TBuilder">The type of the builder.</typeparam>
    /// <param name="builder">The builder of the components' endpoints, or a group that contains them.</param>
    /// <param name="scheme">The name of the scheme that authenticates the callers.</param>
    /// <param name="allowedOrigins">Origins of pages that may open circuits, besides the host of the request.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException"><paramref name="scheme"/> is empty, or a value is not an origin.</exception>
    public static TBuilder ProtectCircuitsWithAccess<TBuilder>(this TBuilder builder, string scheme, IEnumerable<string> allowedOrigins)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        ArgumentNullException.ThrowIfNull(allowedOrigins);
        var protection = new CircuitProtection(scheme, new PageOrigins(allowedOrigins), builder is ComponentEndpointConventionBuilder);

        // Only the last conventions see what tells the endpoints of circuits from those of pages.
        builder.Finally(protection.Apply);
        return builder;
    }
}
