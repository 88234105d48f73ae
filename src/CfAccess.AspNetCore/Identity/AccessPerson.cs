using CfAccess.AspNetCore.Teams;

namespace CfAccess.AspNetCore.Identity;

/// <summary>The person whom a validated token names, and whom to ask for more. No record: its text would be the token.</summary>
/// <param name="team">The team that signed the token.</param>
/// <param name="token">The token in ASCII, which nobody changes.</param>
/// <param name="email">The e-mail address.</param>
/// <param name="acceptedUntil">The time from which the token is rejected: its <c>exp</c> plus the clock skew.</param>
internal sealed class AccessPerson(AccessTeam team, byte[] token, string email, DateTimeOffset acceptedUntil)
{
    internal byte[] Token => token;

    public string Email => email;

    public DateTimeOffset AcceptedUntil => acceptedUntil;

    public IdentitySource Source => team.Identities;

    /// <summary>Whether the groups are to be asked for, since the token does not tell them.</summary>
    public bool HasGroupsElsewhere => team.GroupsFromIdentity;

    /// <summary>Whether they are asked for before anything else happens.</summary>
    public bool LoadsAtAuthentication => HasGroupsElsewhere && Source.LoadsAtAuthentication;

    /// <summary>Whether they are asked for where something needs them.</summary>
    public bool LoadsOnDemand => HasGroupsElsewhere && !Source.LoadsAtAuthentication;

    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public ValueTask<IdentityLookup> FindAsync(CancellationToken cancellationToken) => Source.FindAsync(this, cancellationToken);
}
