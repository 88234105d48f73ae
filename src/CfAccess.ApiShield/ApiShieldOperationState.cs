using System.Text.Json.Serialization;

namespace CfAccess.ApiShield;

/// <summary>What a selector does with an operation.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ApiShieldOperationState>))]
public enum ApiShieldOperationState
{
    /// <summary>The selector does not name the operation's host: the rule does not cover it.</summary>
    [JsonStringEnumMemberName("ignored")]
    Ignored,

    /// <summary>The selector names the operation in <c>exclude</c>: the rule does not cover it.</summary>
    [JsonStringEnumMemberName("excluded")]
    Excluded,

    /// <summary>The selector names the operation's host: the rule covers it.</summary>
    [JsonStringEnumMemberName("included")]
    Included,
}
