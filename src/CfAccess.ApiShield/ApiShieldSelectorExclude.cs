using System.Text.Json.Serialization;

namespace CfAccess.ApiShield;

/// <summary>Operations that a rule does not cover.</summary>
public sealed record ApiShieldSelectorExclude
{
    /// <summary>The UUIDs of the operations.</summary>
    [JsonPropertyName("operation_ids")]
    public IReadOnlyList<string> OperationIds { get; init; } = [];
}
