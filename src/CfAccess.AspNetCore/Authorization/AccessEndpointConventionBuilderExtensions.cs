using CfAccess.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Ties endpoints, and groups of them, to an application of Cloudflare Access.</summary>
public static class AccessEndpointConventionBuilderExtensions
{
    /// <summary>
    /// Requires a token for one of the named applications, and so an authenticated caller. For a host that several applications share: an AUD
    /// tag belongs to an application and not to a host, and ASP.NET Core's routing may take for one path what Access takes for two.
    /// </summary>
    /// <typeparam name="TBuilder">What is built.</typeparam>
    /// <param name="builder">An endpoint, or a group of them.</param>
    /// <param name="audiences">The AUD tags; at least one. Compared character for character.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">There is no AUD tag, or an empty one.</exception>
    public static TBuilder RequireAccessAudience<TBuilder>(this TBuilder builder, params string[] audiences)
        where TBuilder : IEndpointConventionBuilder => builder.RequireAccessAudience(audiences, team: null);

    /// <summary>Requires a token for one of the named applications, of one team, and so an authenticated caller.</summary>
    /// <typeparam name="TBuilder">What is built.</typeparam>
    /// <param name="builder">An endpoint, or a group of them.</param>
    /// <param name="audiences">The AUD tags; at least one. Compared character for character.</param>
    /// <param name="team">The team that must vouch for the caller, as in <c>TeamDomain</c>; needed where the application trusts several.</param>
    /// <returns>The same builder.</returns>
    /// <exception cref="ArgumentException">There is no AUD tag, or an empty one, or <paramref name="team"/> is no team domain.</exception>
    public static TBuilder RequireAccessAudience<TBuilder>(this TBuilder builder, IEnumerable<string> audiences, string? team)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(audiences);
        var required = new RequireAccessAudienceAttribute([.. audiences]) { Team = team };
        builder.Add(endpoint => endpoint.Metadata.Add(required));
        return builder;
    }
}
