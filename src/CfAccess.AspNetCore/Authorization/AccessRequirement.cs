using CfAccess.AspNetCore.Claims;
using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>What a policy asks of the caller. Only an identity of a scheme of ours can meet it.</summary>
/// <param name="description">What is asked, for the log; holds what the application configured, nothing of the caller.</param>
/// <param name="team">The issuer of the team that must vouch for the caller; needed where the application trusts several.</param>
/// <param name="isMet">Judges the caller by its claims.</param>
/// <param name="identity">Judges the caller by what Cloudflare tells of it, where the claims do not decide.</param>
internal sealed class AccessRequirement(
    string description, string? team, Func<AccessClaimsIdentity, bool> isMet, IdentityCondition? identity = null)
    : AuthorizationHandler<AccessRequirement>, IAuthorizationRequirement
{
    /// <summary>Whether it names the team that must vouch for the caller.</summary>
    public bool NamesTeam => team is not null;

    public override string ToString() => team is null ? description : $"{description}, of team {team}";

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AccessRequirement requirement)
    {
        var callers = AccessClaimsIdentity.Of(context.User);
        foreach (var caller in callers)
        {
            if (requirement.IsOfTeam(caller) && requirement.IsMet(caller))
            {
                context.Succeed(requirement);
                return Task.CompletedTask;
            }
        }

        return requirement.AskAsync(context, callers);
    }

    private bool IsMet(AccessClaimsIdentity caller) => isMet(caller);

    /// <summary>Another team's administrator can assert any e-mail and any group, so among several teams a name alone is nobody.</summary>
    private bool IsOfTeam(AccessClaimsIdentity caller) => team is null ? !caller.IsOneOfSeveralTeams : caller.Issuer == team;

    private async Task AskAsync(AuthorizationHandlerContext context, List<AccessClaimsIdentity> callers)
    {
        if (identity is null)
        {
            return;
        }

        foreach (var caller in callers)
        {
            if (IsOfTeam(caller) && caller.Person is { } person && identity.Applies(person))
            {
                await IdentityAsk.MeetAsync(context, this, caller, identity.IsRequired(person), identity.IsMet).ConfigureAwait(false);
            }
        }
    }
}
