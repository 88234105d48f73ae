using System.Text.Json.Serialization;

namespace CfAccess.Emulator;

/// <summary>A service token that the emulator accepts.</summary>
public sealed class AccessEmulatorServiceToken
{
    /// <summary>A name for people to read. Default: none.</summary>
    public string? Name { get; init; }

    /// <summary>The Client ID, sent as <c>CF-Access-Client-Id</c>. Required and unique, compared character for character.</summary>
    public required string ClientId { get; init; }

    /// <summary>
    /// The Client Secret, sent as <c>CF-Access-Client-Secret</c>. Default: none, which means 64 random hex digits at each start.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public string? ClientSecret { get; init; }
}
