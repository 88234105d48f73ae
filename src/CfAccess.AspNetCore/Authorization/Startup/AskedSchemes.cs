using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CfAccess.AspNetCore.Teams;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>
/// The schemes that authenticate the caller of an endpoint: those that its policies name, or the default scheme. None in an application without
/// authentication, which validates tokens in another way.
/// </summary>
internal sealed class AskedSchemes(IServiceProvider services, IAuthenticationSchemeProvider? schemes = null)
{
    public async Task<IReadOnlyList<AuthenticationScheme>> FindAsync(EndpointDemands endpoint)
    {
        List<AuthenticationScheme> asked = [];
        if (schemes is null)
        {
            return asked;
        }

        foreach (var name in endpoint.Schemes)
        {
            if (await schemes.GetSchemeAsync(name).ConfigureAwait(false) is { } scheme)
            {
                asked.Add(scheme);
            }
        }

        if (endpoint.Schemes.Count == 0 && await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false) is { } standard)
        {
            asked.Add(standard);
        }

        return asked;
    }

    public async Task<bool> AreAllOursAsync(EndpointDemands endpoint) => await FindAsync(endpoint).ConfigureAwait(false) is { Count: > 0 } asked && asked.All(IsOurs);

    /// <summary>Whether no caller with an Access token gets to the endpoint.</summary>
    public async Task<bool> AreNeverOursAsync(EndpointDemands endpoint) =>
        !IsOpenLonger(endpoint) && await FindAsync(endpoint).ConfigureAwait(false) is { Count: > 0 } asked && !asked.Any(CanBecomeOurs);

    /// <summary>Whether all callers are authenticated by schemes of ours that trust the same team.</summary>
    public async Task<bool> AreOfOneTeamAsync(EndpointDemands endpoint, IEnumerable<TrustedTeam> teams) =>
        !IsOpenLonger(endpoint)
        && await FindAsync(endpoint).ConfigureAwait(false) is { Count: > 0 } asked
        && asked.All(IsOurs)
        && teams.Where(team => asked.Any(scheme => scheme.Name == team.Scheme)).Select(team => team.Issuer).Distinct(StringComparer.Ordinal).Count() == 1;

    /// <summary>A scheme that forwards may forward to ours, depending on the request.</summary>
    public bool CanBecomeOurs(AuthenticationScheme scheme) =>
        IsOurs(scheme)
        || typeof(PolicySchemeHandler).IsAssignableFrom(scheme.HandlerType)
        || FindOptions(scheme) is null or not { ForwardDefault: null, ForwardAuthenticate: null, ForwardDefaultSelector: null };

    public static bool IsOurs(AuthenticationScheme scheme) => typeof(AuthenticationHandler<CloudflareAccessOptions>).IsAssignableFrom(scheme.HandlerType);

    /// <summary>The methods of a hub, and a component in a circuit, see the caller who opened the connection, whatever schemes they name themselves.</summary>
    private static bool IsOpenLonger(EndpointDemands endpoint) =>
        endpoint.Endpoint.Metadata.GetMetadata<HubMetadata>() is not null || endpoint.Endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    /// <summary>The options of another scheme; null if they cannot be found, which is true of every scheme where code cannot be generated.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The application registered the monitor of these options, so both exist.")]
    private AuthenticationSchemeOptions? FindOptions(AuthenticationScheme scheme)
    {
        var type = scheme.HandlerType;
        while (type is not null && !(type.IsGenericType && type.GetGenericTypeDefinition() == typeof(AuthenticationHandler<>)))
        {
            type = type.BaseType;
        }

        return type is not null && RuntimeFeature.IsDynamicCodeSupported
            ? (services.GetService(typeof(IOptionsMonitor<>).MakeGenericType(type.GetGenericArguments())) as IOptionsMonitor<AuthenticationSchemeOptions>)
                ?.Get(scheme.Name)
            : null;
    }
}
