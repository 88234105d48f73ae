using CfAccess.AspNetCore.Claims;
using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>What a policy asks of the caller. Only an identity of a scheme of ours can meet it.</summary>
/// <param name="description">What is asked, for the log; holds what the application configured, nothing of the caller.</param>
/// <param name="team">The issuer of the team that must vouch for the caller; needed where the scheme trusts several.</param>
/// <param name="isMet">Judges the identity.</param>
internal sealed class AccessRequirement(string description, string? team, Func<AccessClaimsIdentity, bool> isMet)
    : AuthorizationHandler<AccessRequirement>, IAuthorizationRequirement
{
    public override string ToString() => team is null ? description : $"{description}, of team {team}";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        if (AccessClaimsIdentity.Of(context.User).Any(identity => requirement.IsOfTeam(identity) && requirement.IsMet(identity)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }

    private bool IsMet(AccessClaimsIdentity identity) => isMet(identity);

    /// <summary>Another team's administrator can assert any e-mail and any group, so among several teams a name alone is nobody.</summary>
    private bool IsOfTeam(AccessClaimsIdentity identity) => team is null ? !identity.IsOneOfSeveralTeams : identity.Issuer == team;
}
