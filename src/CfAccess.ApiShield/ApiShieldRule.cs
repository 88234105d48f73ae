using System.Text.Json.Serialization;

namespace CfAccess.ApiShield;

/// <summary>A token validation rule: what requests to some operations have to satisfy.</summary>
public sealed record ApiShieldRule
{
    /// <summary>The UUID of the rule; unique among the rules.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    /// <summary>A name for people, of at most 50 characters.</summary>
    [JsonPropertyName("title")]
    public required string Title { get; init; }

    /// <summary>What it is for, in at most 500 characters; empty by default.</summary>
    [JsonPropertyName("description")]
    public string Description { get; init; } = string.Empty;

    /// <summary>What happens when <see cref="Expression"/> is false.</summary>
    [JsonPropertyName("action")]
    public required ApiShieldAction Action { get; init; }

    /// <summary>Whether the rule is in force.</summary>
    [JsonPropertyName("enabled")]
    public required bool Enabled { get; init; }

    /// <summary>What a request has to satisfy, such as <c>is_jwt_valid("00170473-ec24-410e-968a-9905cf0a7d03")</c>.</summary>
    [JsonPropertyName("expression")]
    public required string Expression { get; init; }

    /// <summary>Which operations the rule covers.</summary>
    [JsonPropertyName("selector")]
    public required ApiShieldSelector Selector { get; init; }

    /// <summary>When the rule was made, if the document says so.</summary>
    [JsonPropertyName("created_at")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ApiShieldTimeConverter))]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the rule was changed last, if the document says so.</summary>
    [JsonPropertyName("last_updated")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ApiShieldTimeConverter))]
    public DateTimeOffset? LastUpdated { get; init; }
}
