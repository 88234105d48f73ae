using CfAccess.AspNetCore.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>
/// Says why a decision rejected the caller. It names what the application configured, and nothing of the caller: the text of a requirement that
/// is not ours or the framework's can hold anything, so only its type is named.
/// </summary>
internal static class RejectedDecision
{
    private static readonly string? FrameworkNamespace = typeof(RolesAuthorizationRequirement).Namespace;

    /// <param name="callers">The identities of the caller that our schemes created.</param>
    public static string Explain(IEnumerable<AccessClaimsIdentity> callers)
    {
        if (callers.Select(caller => caller.LastDecision).FirstOrDefault(one => one is { HasSucceeded: false }) is not { } decision)
        {
            return "no requirement failed. The application itself rejected the caller, or it replaced the principal of the request.";
        }

        var requirements = string.Join(", ", decision.PendingRequirements.Select(requirement => $"'{NameOf(requirement)}'"));
        var handlers = string.Join(", ", decision.FailureReasons.Select(reason => reason.Handler.GetType().Name).Distinct(StringComparer.Ordinal));
        return (requirements.Length, handlers.Length) switch
        {
            ( > 0, 0) => $"the caller does not meet {requirements}.",
            ( > 0, > 0) => $"the caller does not meet {requirements}, and was rejected by {handlers}.",
            (0, > 0) => $"the caller was rejected by {handlers}.",
            _ => "a handler of the application called Fail().",
        };
    }

    /// <summary>A Client ID is part of a credential, so it is not in the log.</summary>
    private static string NameOf(IAuthorizationRequirement requirement) => requirement switch
    {
        AccessRequirement { Kind: AccessRequirementKind.ServiceToken } => "a listed service token",
        AccessRequirement => $"{requirement}",
        _ when requirement.GetType().Namespace == FrameworkNamespace => $"{requirement}",
        _ => requirement.GetType().Name,
    };
}
