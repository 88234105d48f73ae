using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Authorization.Policies;

/// <summary>
/// Stops an application whose policy provider does not know the names of Access policies. The application's attributes would be errors on every request, or
/// would be met by anybody who is logged in.
/// </summary>
internal static class PolicyProviderCheck
{
    private static readonly AccessRequirement Probe = AccessRequirements.Create(AccessRequirementKind.Group, ["CfAccess start check"], team: null);

    /// <exception cref="InvalidOperationException">The provider is another one, and does not pass the names on.</exception>
    public static async Task RunAsync(IServiceScopeFactory scopes)
    {
        await using var scope = scopes.CreateAsyncScope();
        var provider = scope.ServiceProvider.GetRequiredService<IAuthorizationPolicyProvider>();
        var policy = await provider.GetPolicyAsync(PolicyName.Format(Probe)).ConfigureAwait(false);
        if (policy?.Requirements.OfType<AccessRequirement>().Any(IsProbe) != true)
        {
            throw new InvalidOperationException(
                $"The authorization policy provider {provider.GetType()} does not resolve the policies of Access attributes, such as "
                + "[RequireAccessUser], so they would protect nothing. Register the provider before AddCloudflareAccess, which then passes all other "
                + "names on to it.");
        }
    }

    private static bool IsProbe(AccessRequirement requirement) =>
        requirement.Kind == Probe.Kind && requirement.Values.SequenceEqual(Probe.Values, StringComparer.Ordinal);
}
