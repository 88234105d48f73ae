using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CfAccess.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>Finds endpoints that name an unknown authentication scheme, and Access requirements behind schemes that never authenticate by an Access token.</summary>
internal sealed class SchemeCheck(IAuthenticationSchemeProvider schemes, IServiceProvider services) : IEndpointCheck
{
    public async Task CheckAsync(IReadOnlyList<EndpointDemands> endpoints, EndpointReport report)
    {
        var known = (await schemes.GetAllSchemesAsync().ConfigureAwait(false)).Select(scheme => scheme.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var endpoint in endpoints)
        {
            foreach (var name in endpoint.Schemes.Where(name => !known.Contains(name)))
            {
                report.Error(
                    endpoint.Name,
                    $"the authentication scheme '{name}' does not exist. Add it, or name one of these: {string.Join(", ", known)}.");
            }

            if (endpoint.AccessRequirements.Any())
            {
                await CheckAskedAsync(endpoint, report).ConfigureAwait(false);
            }
        }
    }

    private async Task CheckAskedAsync(EndpointDemands endpoint, EndpointReport report)
    {
        var asked = await AskedSchemes.FindAsync(endpoint, schemes).ConfigureAwait(false);
        if (asked.Count > 0 && !asked.Any(scheme => AskedSchemes.IsOurs(scheme) || CanForward(scheme)))
        {
            report.Warn(
                endpoint.Name,
                AuthorizationLog.AccessSchemeNotAsked,
                $"a Cloudflare Access requirement stands behind {string.Join(", ", asked.Select(scheme => scheme.Name))}, which cannot authenticate by an "
                + "Access token, so everybody is rejected. Name the scheme in the policy or the attribute (AuthenticationSchemes = "
                + $"\"{CloudflareAccessDefaults.AuthenticationScheme}\"), or make it the default scheme.");
        }
    }

    /// <summary>A scheme that forwards may forward to ours, depending on the request.</summary>
    private bool CanForward(AuthenticationScheme scheme) =>
        typeof(PolicySchemeHandler).IsAssignableFrom(scheme.HandlerType)
        || FindOptions(scheme) is null or not { ForwardDefault: null, ForwardAuthenticate: null, ForwardDefaultSelector: null };

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
