using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires a token for one of the named applications, as <c>RequireAccessAudience</c> does in a policy.</summary>
public sealed class RequireAccessAudienceAttribute : RequireAccessAttribute
{
    /// <summary>Names the applications.</summary>
    /// <param name="audiences">The AUD tags; at least one. Compared character for character.</param>
    /// <exception cref="ArgumentException">There is none, or an empty one.</exception>
    public RequireAccessAudienceAttribute(params string[] audiences)
    {
        AccessRequirements.Audience(audiences, team: null);
        Audiences = [.. audiences];
    }

    /// <summary>The AUD tags; at least one. Compared character for character.</summary>
    public IReadOnlyList<string> Audiences { get; }

    private protected override AccessRequirement Requirement() => AccessRequirements.Audience(Audiences, Team);
}
