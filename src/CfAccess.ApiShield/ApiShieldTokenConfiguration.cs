using System.Text.Json.Serialization;

namespace CfAccess.ApiShield;

/// <summary>A token configuration: where in a request a token is, and the keys that it may be signed with.</summary>
public sealed record ApiShieldTokenConfiguration
{
    /// <summary>The UUID of the configuration, which expressions name; unique among the configurations.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>A name for people, of at most 50 characters.</summary>
    [JsonPropertyName("title")]
    public required string Title { get; init; }

    /// <summary>What it is for, in at most 500 characters; empty by default.</summary>
    [JsonPropertyName("description")]
    public string Description { get; init; } = string.Empty;

    /// <summary>One to four fields of a request, the first having precedence, such as <c>http.request.headers["authorization"][0]</c>.</summary>
    [JsonPropertyName("token_sources")]
    public required IReadOnlyList<string> TokenSources { get; init; }

    /// <summary>The kind of token: <c>JWT</c>.</summary>
    [JsonPropertyName("token_type")]
    public string TokenType { get; init; } = "JWT";

    /// <summary>The keys.</summary>
    [JsonPropertyName("credentials")]
    public required ApiShieldCredentials Credentials { get; init; }

    /// <summary>When the configuration was made, if the document says so.</summary>
    [JsonPropertyName("created_at")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ApiShieldTimeConverter))]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the configuration was changed last, if the document says so.</summary>
    [JsonPropertyName("last_updated")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ApiShieldTimeConverter))]
    public DateTimeOffset? LastUpdated { get; init; }
}
