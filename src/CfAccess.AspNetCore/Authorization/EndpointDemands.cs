using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>What an endpoint asks of its callers, and which schemes it has them authenticated by, as far as that can be known at start.</summary>
/// <param name="Requirements">Those of ours.</param>
/// <param name="Schemes">The schemes that are named; none stands for the default.</param>
internal sealed record EndpointDemands(IReadOnlyList<AccessRequirement> Requirements, IReadOnlySet<string> Schemes)
{
    /// <summary>
    /// Puts together what the authorization middleware would. A policy that is not in the options, such as one of a provider of the
    /// application's own, is known to that alone, and passed over.
    /// </summary>
    public static EndpointDemands Of(Endpoint endpoint, AuthorizationOptions options)
    {
        var requirements = new List<AccessRequirement>();
        var schemes = new HashSet<string>(StringComparer.Ordinal);
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return new(requirements, schemes);
        }

        var asked = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>();
        List<AuthorizationPolicy?> policies =
        [
            .. endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>(),
            .. asked.Select(one => PolicyOf(one, options)),
        ];
        foreach (var policy in policies.Count == 0 ? [options.FallbackPolicy] : policies)
        {
            requirements.AddRange(policy?.Requirements.OfType<AccessRequirement>() ?? []);
            schemes.UnionWith(policy?.AuthenticationSchemes ?? []);
        }

        requirements.AddRange(endpoint.Metadata.GetOrderedMetadata<RequireAccessAttribute>()
            .SelectMany(attribute => attribute.GetRequirements().OfType<AccessRequirement>()));
        schemes.UnionWith(asked.SelectMany(one => one.AuthenticationSchemes?.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? []));
        return new(requirements, schemes);
    }

    private static AuthorizationPolicy? PolicyOf(IAuthorizeData asked, AuthorizationOptions options) => asked switch
    {
        { Policy: { Length: > 0 } name } => options.GetPolicy(name),
        { Roles: { Length: > 0 } } => null,
        _ => options.DefaultPolicy,
    };
}
