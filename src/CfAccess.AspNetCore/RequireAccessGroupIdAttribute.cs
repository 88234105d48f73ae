using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires a person in one of the groups with these ids, as <c>RequireAccessGroupId</c> does in a policy.</summary>
/// <param name="ids">The ids of the groups, at least one. Compared character by character.</param>
/// <exception cref="ArgumentException">There is no id, or one is empty.</exception>
public sealed class RequireAccessGroupIdAttribute(params string[] ids) : RequireAccessAttribute(AccessRequirementKind.GroupId, ids)
{
    /// <summary>The ids of the groups, at least one. Compared character by character.</summary>
    public IReadOnlyList<string> Ids { get; } = [.. ids];
}
