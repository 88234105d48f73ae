using CfAccess.AspNetCore.Authorization.Policies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>
/// Finds what an <c>[Authorize]</c> demands, without a request. Policies of a provider of the application's own are unknown to it: such a provider may need
/// a request.
/// </summary>
internal sealed class PolicyReader(IOptions<AuthorizationOptions> options, PolicyRequirements requirements)
{
    public AuthorizationPolicy? Fallback => options.Value.FallbackPolicy;

    public IEnumerable<AuthorizationPolicy> Read(IAuthorizeData attribute)
    {
        if (ReadPolicy(attribute) is { } policy)
        {
            yield return policy;
        }

        var roles = Split(attribute.Roles);
        var schemes = Split(attribute.AuthenticationSchemes);
        if (roles.Length > 0)
        {
            yield return new AuthorizationPolicyBuilder(schemes).RequireRole(roles).Build();
        }
        else if (schemes.Length > 0)
        {
            yield return new AuthorizationPolicyBuilder(schemes).RequireAuthenticatedUser().Build();
        }
    }

    private AuthorizationPolicy? ReadPolicy(IAuthorizeData attribute) => attribute switch
    {
        { Policy: { Length: > 0 } name } when PolicyName.IsAccessPolicy(name) =>
            new AuthorizationPolicyBuilder().Combine(options.Value.DefaultPolicy).AddRequirements(requirements.Get(name)).Build(),
        { Policy: { Length: > 0 } name } => options.Value.GetPolicy(name),
        { Roles: { Length: > 0 } } => null,
        _ => options.Value.DefaultPolicy,
    };

    private static string[] Split(string? list) =>
        list?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}
