using CfAccess.AspNetCore.Authorization;
using CfAccess.AspNetCore.Authorization.Policies;
using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>
/// Requires something of a caller that Cloudflare Access authenticated. The attribute means the same wherever ASP.NET Core reads an
/// <c>[Authorize]</c>: on endpoints, controllers, Razor Pages, hubs and their methods, gRPC services, and Razor components. It adds to whatever else is
/// demanded in that place, the application's default policy included.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true, Inherited = true)]
public abstract class RequireAccessAttribute : AuthorizeAttribute
{
    private readonly AccessRequirementKind _kind;
    private readonly IReadOnlyList<string> _values;

    private protected RequireAccessAttribute(AccessRequirementKind kind, params IReadOnlyList<string> values)
    {
        (_kind, _values) = (kind, values);
        base.Policy = FormatPolicy(team: null);
    }

    /// <summary>
    /// The name of the policy, which says what the attribute demands (see <see cref="CloudflareAccessPolicy"/>). The framework passes it on from every
    /// place where it reads the attribute.
    /// </summary>
    public new string? Policy => base.Policy;

    /// <summary>
    /// The team that must vouch for the caller, as in <c>TeamDomain</c>. Required if the application trusts several teams. Default: null.
    /// </summary>
    /// <exception cref="ArgumentException">The value is not a team domain.</exception>
    public string? Team
    {
        get;
        set
        {
            base.Policy = FormatPolicy(value);
            field = value;
        }
    }

    private string FormatPolicy(string? team) => PolicyName.Format(AccessRequirements.Create(_kind, _values, team));
}
