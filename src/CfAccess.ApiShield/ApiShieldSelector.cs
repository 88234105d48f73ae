using System.Text.Json.Serialization;

namespace CfAccess.ApiShield;

/// <summary>Which operations a rule covers: those of some hosts, except for some.</summary>
public sealed record ApiShieldSelector
{
    /// <summary>What is covered. Empty covers nothing.</summary>
    [JsonPropertyName("include")]
    public IReadOnlyList<ApiShieldSelectorInclude> Include { get; init; } = [];

    /// <summary>What is not covered in spite of <see cref="Include"/>.</summary>
    [JsonPropertyName("exclude")]
    public IReadOnlyList<ApiShieldSelectorExclude> Exclude { get; init; } = [];
}
