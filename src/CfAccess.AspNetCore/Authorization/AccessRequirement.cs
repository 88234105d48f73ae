using CfAccess.AspNetCore.Claims;
using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>What a policy demands of the caller. Only an identity that a Cloudflare Access scheme created can meet it.</summary>
/// <param name="kind">What is demanded.</param>
/// <param name="values">The allowed values, without repetitions; empty for a kind without values.</param>
/// <param name="team">The issuer of the team that must vouch for the caller, or null for the application's only team.</param>
/// <param name="isMet">Decides by the caller's claims.</param>
/// <param name="identity">Decides by the caller's identity from Cloudflare if the claims do not; null if claims alone decide.</param>
internal sealed class AccessRequirement(
    AccessRequirementKind kind,
    IReadOnlyList<string> values,
    string? team,
    Func<AccessClaimsIdentity, bool> isMet,
    IdentityCondition? identity = null) : IAuthorizationRequirement, IAuthorizationHandler
{
    public AccessRequirementKind Kind => kind;

    public IReadOnlyList<string> Values => values;

    public string? Team => team;

    /// <summary>
    /// The framework calls every requirement that is a handler. Each handles itself only: if each handled its like, as AuthorizationHandler does,
    /// three requirements would be evaluated nine times.
    /// </summary>
    public Task HandleAsync(AuthorizationHandlerContext context)
    {
        if (!context.PendingRequirements.Contains(this))
        {
            return Task.CompletedTask;
        }

        var callers = AccessClaimsIdentity.Of(context.User);
        foreach (var caller in callers)
        {
            if (IsOfTeam(caller) && isMet(caller))
            {
                context.Succeed(this);
                return Task.CompletedTask;
            }
        }

        return identity is null ? Task.CompletedTask : HandleIdentityAsync(context, callers, identity);
    }

    /// <summary>For the framework's log of failed requirements. Holds what the application configured, nothing of the caller.</summary>
    public override string ToString()
    {
        var demand = kind switch
        {
            AccessRequirementKind.User => "a person",
            AccessRequirementKind.Identity => "a person with an identity",
            AccessRequirementKind.ServiceToken => "a service token of",
            AccessRequirementKind.Group => "a person in group",
            AccessRequirementKind.GroupId => "a person in the group with id",
            AccessRequirementKind.EmailDomain => "a person with an email address of",
            _ => "a token for audience",
        };
        var listed = values.Count == 0 ? demand : $"{demand} {string.Join(", ", values)}";
        return team is null ? listed : $"{listed}, of team {team}";
    }

    /// <summary>Another team's administrator can assert any email address and any group. So a name alone identifies nobody among several teams.</summary>
    private bool IsOfTeam(AccessClaimsIdentity caller) => team is null ? !caller.IsOneOfSeveralTeams : caller.Issuer == team;

    private async Task HandleIdentityAsync(
        AuthorizationHandlerContext context, List<AccessClaimsIdentity> callers, IdentityCondition condition)
    {
        foreach (var caller in callers)
        {
            if (IsOfTeam(caller) && caller.Person is { } person && condition.Applies(person))
            {
                await IdentityAsk.MeetAsync(context, this, caller, condition.IsRequired(person), condition.IsMet).ConfigureAwait(false);
            }
        }
    }
}
