using Microsoft.AspNetCore.Authentication;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>Finds endpoints that name an authentication scheme which does not exist.</summary>
internal sealed class SchemeCheck(IAuthenticationSchemeProvider schemes) : IEndpointCheck
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
        }
    }
}
