using System.Text.Json.Serialization;

namespace CfAccess.ApiShield;

/// <summary>What happens to a request that does not satisfy a rule's expression.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApiShieldAction>))]
public enum ApiShieldAction
{
    /// <summary>It goes on, and the log tells of it.</summary>
    [JsonStringEnumMemberName("log")]
    Log,

    /// <summary>It is answered 403.</summary>
    [JsonStringEnumMemberName("block")]
    Block,
}
