using System.Text.Json.Serialization;

namespace CfAccess.ApiShield;

/// <summary>One saved operation of an API: a method, a host and a path template, as Cloudflare's Endpoint Management has it.</summary>
public sealed record ApiShieldOperation
{
    /// <summary>The UUID of the operation, which selectors name; unique among the operations.</summary>
    [JsonPropertyName("operation_id")]
    public required string OperationId { get; init; }

    /// <summary>The HTTP method in upper case, such as <c>GET</c>.</summary>
    [JsonPropertyName("method")]
    public required string Method { get; init; }

    /// <summary>The host in lower case, without a port. A whole label may be a variable: <c>{hostVar1}.example.com</c>.</summary>
    [JsonPropertyName("host")]
    public required string Host { get; init; }

    /// <summary>The path template. A whole segment may be a variable; variables are named <c>{var1}</c>, <c>{var2}</c>, … from the left.</summary>
    [JsonPropertyName("endpoint")]
    public required string Endpoint { get; init; }

    /// <summary>When the operation was saved or changed last, if the document says so.</summary>
    [JsonPropertyName("last_updated")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(ApiShieldTimeConverter))]
    public DateTimeOffset? LastUpdated { get; init; }
}
