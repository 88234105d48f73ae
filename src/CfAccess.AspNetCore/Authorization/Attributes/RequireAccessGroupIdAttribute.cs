using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires a person in one of the groups with these ids, as <c>RequireAccessGroupId</c> does in a policy.</summary>
public sealed class RequireAccessGroupIdAttribute : RequireAccessAttribute
{
    /// <summary>Names the groups.</summary>
    /// <param name="ids">The ids of the groups; at least one. Compared character for character.</param>
    /// <exception cref="ArgumentException">There is none, or an empty one.</exception>
    public RequireAccessGroupIdAttribute(params string[] ids)
    {
        AccessRequirements.GroupId(ids, team: null);
        Ids = [.. ids];
    }

    /// <summary>The ids of the groups; at least one. Compared character for character.</summary>
    public IReadOnlyList<string> Ids { get; }

    private protected override AccessRequirement Requirement() => AccessRequirements.GroupId(Ids, Team);
}
