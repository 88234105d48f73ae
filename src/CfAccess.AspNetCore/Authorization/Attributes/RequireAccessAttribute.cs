using CfAccess.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>
/// Requires something of a caller that Cloudflare Access authenticated, on a controller, an action, an endpoint or a hub class. It asks beside
/// whatever else is asked there. Where only names of policies are looked at, on single methods of a hub, on Razor components and in MVC without
/// endpoint routing, it lets nobody in: write <c>[Authorize(Policy = "…")]</c> there.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public abstract class RequireAccessAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    private protected RequireAccessAttribute() => base.Policy = OnlyWithRequirement.Policy;

    /// <summary>Gets the name of a policy that is met only together with what the attribute asks.</summary>
    public new string? Policy => base.Policy;

    /// <summary>
    /// The team that must vouch for the caller, as in <c>TeamDomain</c>; needed where the application trusts several. Default: none.
    /// </summary>
    /// <exception cref="ArgumentException">It is no team domain.</exception>
    public string? Team
    {
        get;
        set
        {
            if (value is not null)
            {
                AccessRequirements.IssuerOf(value);
            }

            field = value;
        }
    }

    /// <summary>Gets what is asked.</summary>
    /// <returns>One requirement.</returns>
    public IEnumerable<IAuthorizationRequirement> GetRequirements() => [Requirement()];

    private protected abstract AccessRequirement Requirement();
}
