using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CfAccess.Emulator.Endpoints;

/// <summary>Which token a script asks for: a person's or a service's, good or wrong.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record MintRequest
{
    public string? Email { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }

    public JsonObject? Custom { get; init; }

    public string? ClientId { get; init; }

    public string? Audience { get; init; }

    public string? Wrong { get; init; }
}
