using System.Text.Json.Serialization;

namespace CfAccess.ApiShield;

/// <summary>Hosts whose operations a rule covers.</summary>
public sealed record ApiShieldSelectorInclude
{
    /// <summary>The hosts, written as the operations have them, without case.</summary>
    [JsonPropertyName("host")]
    public IReadOnlyList<string> Host { get; init; } = [];
}
