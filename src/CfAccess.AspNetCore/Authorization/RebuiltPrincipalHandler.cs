using System.Security.Claims;
using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Teams;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>
/// Logs why a principal that was rebuilt from claims meets no Access requirement: only the identity that a scheme of ours created proves that Access
/// authenticated the caller. Anything could have written the claims.
/// </summary>
internal sealed class RebuiltPrincipalHandler(TrustedTeams teams, SafeLoggerFactory loggers) : IAuthorizationHandler
{
    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Authorization);

    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (_logger.IsEnabled(LogLevel.Debug)
            && context.Requirements.Any(requirement => requirement is AccessRequirement)
            && !context.User.Identities.Any(identity => identity is AccessClaimsIdentity)
            && context.User.Identities.Any(HasOurClaims))
        {
            _logger.PrincipalRebuilt();
        }

        return Task.CompletedTask;
    }

    private bool HasOurClaims(ClaimsIdentity identity) => identity.IsAuthenticated && teams.Active.Any(team =>
        identity.AuthenticationType == team.Scheme || identity.HasClaim(AccessClaimTypes.Issuer, team.Issuer));
}
