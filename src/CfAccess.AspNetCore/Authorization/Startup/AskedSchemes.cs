using Microsoft.AspNetCore.Authentication;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>The schemes that authenticate the caller of an endpoint: those that its policies name, or the default scheme.</summary>
internal static class AskedSchemes
{
    public static async Task<IReadOnlyList<AuthenticationScheme>> FindAsync(EndpointDemands endpoint, IAuthenticationSchemeProvider schemes)
    {
        List<AuthenticationScheme> asked = [];
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

    public static async Task<bool> AreAllOursAsync(EndpointDemands endpoint, IAuthenticationSchemeProvider schemes) =>
        await FindAsync(endpoint, schemes).ConfigureAwait(false) is { Count: > 0 } asked && asked.All(IsOurs);

    public static bool IsOurs(AuthenticationScheme scheme) => typeof(AuthenticationHandler<CloudflareAccessOptions>).IsAssignableFrom(scheme.HandlerType);
}
