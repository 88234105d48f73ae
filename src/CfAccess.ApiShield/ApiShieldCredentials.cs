using System.Text.Json.Serialization;

namespace CfAccess.ApiShield;

/// <summary>The keys of a token configuration.</summary>
public sealed record ApiShieldCredentials
{
    /// <summary>One to 16 keys, each with its own pair of <c>alg</c> and <c>kid</c>.</summary>
    [JsonPropertyName("keys")]
    public required IReadOnlyList<ApiShieldKey> Keys { get; init; }
}
