using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires one of the named service tokens, as <c>RequireAccessServiceToken</c> does in a policy.</summary>
public sealed class RequireAccessServiceTokenAttribute : RequireAccessAttribute
{
    /// <summary>Names the service tokens.</summary>
    /// <param name="clientIds">The Client IDs that are allowed; at least one. Compared character for character.</param>
    /// <exception cref="ArgumentException">There is none, or an empty one.</exception>
    public RequireAccessServiceTokenAttribute(params string[] clientIds)
    {
        AccessRequirements.ServiceToken(clientIds, team: null);
        ClientIds = [.. clientIds];
    }

    /// <summary>The Client IDs that are allowed; at least one. Compared character for character.</summary>
    public IReadOnlyList<string> ClientIds { get; }

    private protected override AccessRequirement Requirement() => AccessRequirements.ServiceToken(ClientIds, Team);
}
