using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires a token for one of the applications, as <c>RequireAccessAudience</c> does in a policy.</summary>
/// <param name="audiences">The AUD tags, at least one. Compared character by character.</param>
/// <exception cref="ArgumentException">There is no AUD tag, or one is empty.</exception>
public sealed class RequireAccessAudienceAttribute(params string[] audiences) : RequireAccessAttribute(AccessRequirementKind.Audience, audiences)
{
    /// <summary>The AUD tags, at least one. Compared character by character.</summary>
    public IReadOnlyList<string> Audiences { get; } = [.. audiences];
}
