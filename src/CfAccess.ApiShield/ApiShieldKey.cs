using System.Text.Json.Serialization;

namespace CfAccess.ApiShield;

/// <summary>A JSON Web Key (RFC 7517) as it is given back: what verification needs, without the secret of a symmetric key.</summary>
public sealed record ApiShieldKey
{
    /// <summary>The algorithm, such as <c>ES256</c>.</summary>
    [JsonPropertyName("alg")]
    public required string Algorithm { get; init; }

    /// <summary>The key's name, which a token's header has to give.</summary>
    [JsonPropertyName("kid")]
    public required string KeyId { get; init; }

    /// <summary>The kind of key: <c>RSA</c>, <c>EC</c> or <c>oct</c>.</summary>
    [JsonPropertyName("kty")]
    public required string KeyType { get; init; }

    /// <summary>The curve of an EC key.</summary>
    [JsonPropertyName("crv")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Curve { get; init; }

    /// <summary>The first coordinate of an EC key.</summary>
    [JsonPropertyName("x")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? X { get; init; }

    /// <summary>The second coordinate of an EC key.</summary>
    [JsonPropertyName("y")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Y { get; init; }

    /// <summary>The modulus of an RSA key.</summary>
    [JsonPropertyName("n")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Modulus { get; init; }

    /// <summary>The exponent of an RSA key.</summary>
    [JsonPropertyName("e")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Exponent { get; init; }
}
