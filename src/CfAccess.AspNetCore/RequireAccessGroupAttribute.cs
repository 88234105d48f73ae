using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires a person in one of the groups, as <c>RequireAccessGroup</c> does in a policy.</summary>
/// <param name="groups">The names of the groups, at least one. Compared character by character.</param>
/// <exception cref="ArgumentException">There is no group, or one is empty.</exception>
public sealed class RequireAccessGroupAttribute(params string[] groups) : RequireAccessAttribute(AccessRequirementKind.Group, groups)
{
    /// <summary>The names of the groups, at least one. Compared character by character.</summary>
    public IReadOnlyList<string> Groups { get; } = [.. groups];
}
