using System.Text.Json.Nodes;

namespace CfAccess.Emulator;

/// <summary>A good token before it is signed. What is changed in it is signed as it stands, right or wrong.</summary>
public sealed class AccessEmulatorTokenDraft
{
    internal AccessEmulatorTokenDraft(JsonObject payload) => Payload = payload;

    /// <summary>
    /// The header. <c>alg</c> and <c>kid</c>, unless set here, are those of <see cref="SigningKey"/>; a set <c>alg</c> changes what the
    /// header says, not how the token is signed.
    /// </summary>
    public JsonObject Header { get; } = new() { ["typ"] = "JWT" };

    /// <summary>The payload, with the members of a good token.</summary>
    public JsonObject Payload { get; }

    /// <summary>What the token is signed with. Default: <see cref="AccessEmulatorSigningKey.Current"/>.</summary>
    public AccessEmulatorSigningKey SigningKey { get; set; }
}
