using CfAccess.AspNetCore.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>
/// Makes <c>[Authorize(Roles = "…")]</c> and <c>RequireRole</c> work where groups are asked for on demand, and so are no claims.
/// </summary>
internal sealed class AccessRolesHandler(AccessSchemes schemes) : IAuthorizationHandler
{
    public Task HandleAsync(AuthorizationHandlerContext context) =>
        schemes.AskForRoles ? AskAsync(context) : Task.CompletedTask;

    private static async Task AskAsync(AuthorizationHandlerContext context)
    {
        foreach (var requirement in context.PendingRequirements.OfType<RolesAuthorizationRequirement>().ToList())
        {
            foreach (var caller in AccessClaimsIdentity.Of(context.User).Where(caller => caller.Person is { LoadsOnDemand: true }))
            {
                await IdentityAsk.MeetAsync(
                    context,
                    requirement,
                    caller,
                    caller.Person!.Source.IsRequired,
                    identity => identity.Groups.Any(group => requirement.AllowedRoles.Contains(group.Name, StringComparer.Ordinal)))
                    .ConfigureAwait(false);
            }
        }
    }
}
