using CfAccess.AspNetCore.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>Asks for the caller's identity in the course of a decision.</summary>
internal static class IdentityAsk
{
    /// <summary>
    /// Meets the requirement if the identity does. Where the identity is not to be had, and is required, the decision remembers that it
    /// failed for want of it.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public static async Task MeetAsync(
        AuthorizationHandlerContext decision,
        IAuthorizationRequirement requirement,
        AccessClaimsIdentity caller,
        bool isRequired,
        Func<AccessIdentity, bool> isMet)
    {
        if (caller.Person is not { } person)
        {
            return;
        }

        var cancellationToken = (decision.Resource as HttpContext)?.RequestAborted ?? CancellationToken.None;
        var lookup = await caller.FindIdentityAsync(person, cancellationToken).ConfigureAwait(false);
        if (lookup.Identity is { } identity)
        {
            if (isMet(identity))
            {
                decision.Succeed(requirement);
            }
        }
        else if (isRequired)
        {
            var notes = person.Source.Notes;
            var missing = notes.MissingOf(caller);
            if (missing?.Decision != decision)
            {
                missing = new MissingIdentity(decision, lookup.RetryAfter(person.Source.Now));
                notes.Missed(caller, missing);
            }

            missing.Add(requirement);
        }
    }
}
