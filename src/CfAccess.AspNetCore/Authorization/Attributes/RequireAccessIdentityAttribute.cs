using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires a person of whom Cloudflare tells the identity, as <c>RequireAccessIdentity</c> does in a policy.</summary>
public sealed class RequireAccessIdentityAttribute : RequireAccessAttribute
{
    private protected override AccessRequirement Requirement() => AccessRequirements.Identity(Team);
}
