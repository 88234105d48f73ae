using CfAccess.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>
/// Requires something of a caller that Cloudflare Access authenticated, on a controller, an action, an endpoint or a hub class. It asks beside
/// whatever else is asked there. SignalR does not look at it on single methods of a hub: give those a policy.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public abstract class RequireAccessAttribute : AuthorizeAttribute, IAuthorizationRequirementData
{
    private protected RequireAccessAttribute()
    {
    }

    /// <summary>
    /// The team that must vouch for the caller, as in <c>TeamDomain</c>; needed where the scheme trusts several. Default: none.
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
