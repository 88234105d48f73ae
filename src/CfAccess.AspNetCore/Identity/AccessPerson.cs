using CfAccess.AspNetCore.Teams;

namespace CfAccess.AspNetCore.Identity;

/// <summary>The person whom a validated token names, and whom to ask for more.</summary>
internal sealed class AccessPerson(AccessTeam team, string email, DateTimeOffset expiration)
{
    public IdentitySource Source => team.Identities;

    /// <summary>Whether the groups are to be asked for, since the token does not tell them.</summary>
    public bool HasGroupsElsewhere => team.GroupsFromIdentity;

    /// <summary>Whether they are asked for before anything else happens.</summary>
    public bool LoadsAtAuthentication => HasGroupsElsewhere && Source.LoadsAtAuthentication;

    /// <summary>Whether they are asked for where something needs them.</summary>
    public bool LoadsOnDemand => HasGroupsElsewhere && !Source.LoadsAtAuthentication;

    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public ValueTask<IdentityLookup> FindAsync(string token, CancellationToken cancellationToken) =>
        Source.FindAsync(token, email, expiration, cancellationToken);
}
