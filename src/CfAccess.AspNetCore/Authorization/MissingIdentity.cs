using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>The requirements of one decision that could not be judged, since the caller's identity was not to be had.</summary>
internal sealed class MissingIdentity(AuthorizationHandlerContext decision, TimeSpan retryAfter)
{
    private readonly HashSet<IAuthorizationRequirement> _requirements = [];

    public AuthorizationHandlerContext Decision { get; } = decision;

    /// <summary>The time to the next attempt.</summary>
    public TimeSpan RetryAfter { get; } = retryAfter;

    /// <summary>Whether that alone stands in the way: what else was asked of the caller is met.</summary>
    public bool Decides =>
        Decision is { HasSucceeded: false, HasFailed: false } && Decision.PendingRequirements.All(_requirements.Contains);

    public void Add(IAuthorizationRequirement requirement) => _requirements.Add(requirement);
}
