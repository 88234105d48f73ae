using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires a person, as <c>RequireAccessUser</c> does in a policy.</summary>
public sealed class RequireAccessUserAttribute() : RequireAccessAttribute(AccessRequirementKind.User);
