using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore;

/// <summary>Requires one of the listed service tokens, as <c>RequireAccessServiceToken</c> does in a policy.</summary>
/// <param name="clientIds">The allowed Client IDs, at least one. Compared character by character.</param>
/// <exception cref="ArgumentException">There is no Client ID, or one is empty.</exception>
public sealed class RequireAccessServiceTokenAttribute(params string[] clientIds) : RequireAccessAttribute(AccessRequirementKind.ServiceToken, clientIds)
{
    /// <summary>The allowed Client IDs, at least one. Compared character by character.</summary>
    public IReadOnlyList<string> ClientIds { get; } = [.. clientIds];
}
