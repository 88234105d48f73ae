using System.Security.Claims;
using CfAccess.AspNetCore.Claims;
using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>
/// Remembers the last decision on a caller. If the response becomes 403, the log says which requirements failed. It costs one assignment: each
/// request has identities of its own, and the decision lists its failed requirements itself.
/// </summary>
internal sealed class DecisionRecorder : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        // An index, because an enumerator of the interface would be allocated for each decision.
        var identities = context.User.Identities as IReadOnlyList<ClaimsIdentity> ?? [.. context.User.Identities];
        for (var index = 0; index < identities.Count; index++)
        {
            if (identities[index] is AccessClaimsIdentity caller)
            {
                caller.LastDecision = context;
            }
        }

        return Task.CompletedTask;
    }
}
