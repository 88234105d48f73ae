using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>What an endpoint or a method of a hub demands of its callers, as far as it can be known without a request.</summary>
/// <param name="Name">The name for messages.</param>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Requirements">Everything that is demanded. Empty if anonymous callers are allowed.</param>
/// <param name="Schemes">The authentication schemes that are named; empty for the default scheme.</param>
/// <param name="IsGuarded">Whether the endpoint itself has any authorization metadata.</param>
internal sealed record EndpointDemands(
    string Name,
    Endpoint Endpoint,
    IReadOnlyList<IAuthorizationRequirement> Requirements,
    IReadOnlySet<string> Schemes,
    bool IsGuarded)
{
    public IEnumerable<AccessRequirement> AccessRequirements => Requirements.OfType<AccessRequirement>();

    /// <summary>Reads an endpoint, and the methods if it is a hub: the hub's dispatcher authorizes those itself.</summary>
    public static IEnumerable<EndpointDemands> Read(Endpoint endpoint, PolicyReader policies)
    {
        var name = endpoint.DisplayName ?? (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "(no name)";
        var isAnonymous = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        IReadOnlyList<IAuthorizeData> attributes = isAnonymous ? [] : endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>();
        IReadOnlyList<AuthorizationPolicy> own = isAnonymous ? [] : endpoint.Metadata.GetOrderedMetadata<AuthorizationPolicy>();
        IReadOnlyList<IAuthorizationRequirementData> data = isAnonymous ? [] : endpoint.Metadata.GetOrderedMetadata<IAuthorizationRequirementData>();
        var isGuarded = attributes.Count + own.Count + data.Count > 0;
        List<AuthorizationPolicy> combined = [.. own, .. attributes.SelectMany(policies.Read)];
        if (!isGuarded && !isAnonymous && policies.Fallback is { } fallback)
        {
            combined.Add(fallback);
        }

        yield return Combine(name, endpoint, combined, data.SelectMany(one => one.GetRequirements()), isGuarded);
        if (endpoint.Metadata.GetMetadata<HubMetadata>() is { } hub)
        {
            foreach (var method in MethodsOf(hub.HubType))
            {
                var demanded = method.GetCustomAttributes<AuthorizeAttribute>().SelectMany(policies.Read).ToList();
                if (demanded.Count > 0)
                {
                    yield return Combine($"{hub.HubType.Name}.{method.Name}", endpoint, demanded, [], isGuarded: false);
                }
            }
        }
    }

    private static EndpointDemands Combine(
        string name,
        Endpoint endpoint,
        List<AuthorizationPolicy> policies,
        IEnumerable<IAuthorizationRequirement> requirements,
        bool isGuarded) => new(
            name,
            endpoint,
            [.. policies.SelectMany(policy => policy.Requirements), .. requirements],
            policies.SelectMany(policy => policy.AuthenticationSchemes).ToHashSet(StringComparer.Ordinal),
            isGuarded);

    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "MapHub keeps the public methods of every hub.")]
    private static MethodInfo[] MethodsOf(Type hub) => hub.GetMethods(BindingFlags.Instance | BindingFlags.Public);
}
