using CfAccess.AspNetCore.Claims;
using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>Denies a principal in which our schemes found different callers, whatever is asked of it: roles of one must not help the other.</summary>
internal sealed class OneCallerHandler : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (AccessClaimsIdentity.AreSeveralCallers(context.User))
        {
            context.Fail(new AuthorizationFailureReason(this, "Two schemes of Cloudflare Access found different callers in one request."));
        }

        return Task.CompletedTask;
    }
}
