using System.Text.Json.Serialization;

namespace CfAccess.Cli.Output;

/// <summary>How one step of a report went.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepState>))]
internal enum StepState
{
    /// <summary>As it should be.</summary>
    [JsonStringEnumMemberName("passed")]
    Well,

    /// <summary>Not as it should be.</summary>
    [JsonStringEnumMemberName("failed")]
    Wrong,

    /// <summary>Not reached, or not asked for.</summary>
    [JsonStringEnumMemberName("not_reached")]
    Open,
}
