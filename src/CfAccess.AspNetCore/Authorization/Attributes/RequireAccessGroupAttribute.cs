using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires a person in one of the named groups, as <c>RequireAccessGroup</c> does in a policy.</summary>
public sealed class RequireAccessGroupAttribute : RequireAccessAttribute
{
    /// <summary>Names the groups.</summary>
    /// <param name="groups">The names of the groups; at least one. Compared character for character.</param>
    /// <exception cref="ArgumentException">There is none, or an empty one.</exception>
    public RequireAccessGroupAttribute(params string[] groups)
    {
        AccessRequirements.Group(groups, team: null);
        Groups = [.. groups];
    }

    /// <summary>The names of the groups; at least one. Compared character for character.</summary>
    public IReadOnlyList<string> Groups { get; }

    private protected override AccessRequirement Requirement() => AccessRequirements.Group(Groups, Team);
}
