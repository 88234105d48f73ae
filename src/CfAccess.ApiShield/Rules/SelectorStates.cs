using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Rules;

/// <summary>Says of each operation what a selector does with it.</summary>
internal sealed class SelectorStates(ApiShieldSelector selector)
{
    private readonly HashSet<string> _hosts = new(selector.Include.SelectMany(include => include.Host), StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _excluded =
        new(selector.Exclude.SelectMany(exclude => exclude.OperationIds), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the selector can cover nothing, whatever operations there are.</summary>
    public bool IsEmpty => _hosts.Count == 0;

    public IReadOnlySet<string> Hosts => _hosts;

    public IReadOnlySet<string> Excluded => _excluded;

    public ApiShieldOperationState Of(ApiShieldOperation operation) =>
        _excluded.Contains(operation.OperationId) ? ApiShieldOperationState.Excluded
        : _hosts.Contains(operation.Host) ? ApiShieldOperationState.Included
        : ApiShieldOperationState.Ignored;

    public bool Covers(SavedOperation operation) => Of(operation.Document) == ApiShieldOperationState.Included;
}
