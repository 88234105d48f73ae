using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires a person whose identity Cloudflare returns (get-identity), as <c>RequireAccessIdentity</c> does in a policy.</summary>
public sealed class RequireAccessIdentityAttribute() : RequireAccessAttribute(AccessRequirementKind.Identity);
