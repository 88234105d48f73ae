namespace CfAccess.AspNetCore.Tests.Identity;

/// <summary>Where a person's groups come from, and when.</summary>
public enum GroupSource
{
    /// <summary>Names in the token.</summary>
    CustomNames,

    /// <summary>Objects in the token.</summary>
    CustomObjects,

    /// <summary>Names of get-identity, asked for by a policy with RequireAccessGroup.</summary>
    NamesForGroup,

    /// <summary>Objects of get-identity, asked for by a policy with RequireAccessGroup.</summary>
    ObjectsForGroup,

    /// <summary>Objects of get-identity, asked for by [Authorize(Roles)].</summary>
    ObjectsForRole,

    /// <summary>Objects of get-identity, asked for when the person is authenticated.</summary>
    ObjectsAtAuthentication,

    /// <summary>None: a service token, where a person's groups would be asked for on demand.</summary>
    ServiceOnDemand,

    /// <summary>None: a service token, where a person's groups would be asked for at authentication.</summary>
    ServiceAtAuthentication,
}
