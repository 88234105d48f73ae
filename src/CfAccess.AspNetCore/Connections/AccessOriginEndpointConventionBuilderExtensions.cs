using CfAccess.AspNetCore.Authorization.Startup;
using CfAccess.AspNetCore.Connections;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Keeps pages of other sites from using a caller's login.</summary>
public static class AccessOriginEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Lets in requests of this host's own pages, of pages of the named origins, and of programs that are no browser; the answer to others is 403.
    /// Access adds the token to whatever a browser sends, also for a page of another site, and CORS does not stop a WebSocket: for hubs,
    /// WebSockets, and whatever a form or script could send without being asked; not for pages, since a link from another site is refused too.
    /// <para>
    /// An <c>Origin</c> header has to be this request's <c>Host</c>, over https (http on this machine), or a named origin. Without one, a
    /// <c>Sec-Fetch-Site</c> has to be <c>same-origin</c> or <c>none</c>. A request with neither comes from no browser of today. It is checked after
    /// authorization, and on <c>[AllowAnonymous]</c> endpoints too.
    /// </para>
    /// </summary>
    /// <typeparam name="TBuilder">What is built.</typeparam>
    /// <param name="builder">An endpoint, a hub, or a group of them.</param>
    /// <param name="allowedOrigins">
    /// Origins beside this host's own, such as <c>https://www.example.com</c>; needed for the own one too, where a proxy changes <c>Host</c>.
    /// </param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">An origin is none.</exception>
    public static TBuilder RequireAccessSameOrigin<TBuilder>(this TBuilder builder, params string[] allowedOrigins)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(allowedOrigins);
        var origins = new PageOrigins(allowedOrigins);
        builder.Add(endpoint =>
        {
            var next = endpoint.RequestDelegate ?? throw new InvalidOperationException(
                $"'{endpoint.DisplayName}' has nothing yet that RequireAccessSameOrigin could stand before. Call it on what maps the endpoint.");
            endpoint.Metadata.Add(SameOriginGuard.Instance);
            endpoint.RequestDelegate = context =>
            {
                if (origins.Allow(context.Request))
                {
                    return next(context);
                }

                ForeignPage.Reject(context);
                return Task.CompletedTask;
            };
        });
        return builder;
    }

    /// <summary>Marks the endpoint for the check at start.</summary>
    private sealed class SameOriginGuard : IEndpointGuard
    {
        public static readonly SameOriginGuard Instance = new();

        public string Name => "RequireAccessSameOrigin";
    }
}
