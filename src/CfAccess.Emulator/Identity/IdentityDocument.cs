using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace CfAccess.Emulator.Identity;

/// <summary>
/// What get-identity answers. Source: Cloudflare One documentation, "Application token", User identity.
/// </summary>
internal sealed record IdentityDocument
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<IdentityGroup>? Groups { get; init; }

    public IdentityProvider? Idp { get; init; }

    public JsonObject? Custom { get; init; }

    public required IdentityPlace Geo { get; init; }

    public string? UserUuid { get; init; }

    [JsonPropertyName("devicePosture")]
    public NoMembers DevicePosture { get; init; } = new();

    public required string AccountId { get; init; }

    public required long Iat { get; init; }

    public required string Ip { get; init; }

    public string AuthStatus { get; init; } = "NONE";

    public string CommonName { get; init; } = string.Empty;

    public string ServiceTokenId { get; init; } = string.Empty;

    public bool ServiceTokenStatus { get; init; }

    public bool IsWarp { get; init; }

    public bool IsGateway { get; init; }

    public string GatewayAccountId { get; init; } = string.Empty;

    public string DeviceId { get; init; } = string.Empty;

    public int Version { get; init; } = 2;

    public NoMembers DeviceSessions { get; init; } = new();
}

/// <summary>A group as the identity provider names it.</summary>
internal sealed record IdentityGroup(string Id, string Name);

/// <summary>The identity provider that the person logged in with.</summary>
internal sealed record IdentityProvider(string Id, string Type);

/// <summary>Where the caller connects from.</summary>
internal sealed record IdentityPlace(string Country);

/// <summary>An empty JSON object.</summary>
internal sealed record NoMembers;
