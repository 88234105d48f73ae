using System.Text.Json;
using CfAccess.AspNetCore.Identity;

namespace CfAccess.AspNetCore;

/// <summary>
/// A person's identity, as Cloudflare tells it. Whatever it leaves out, or gives in another shape, is nothing here and still in
/// <see cref="Json"/>. Immutable. Source: Cloudflare One documentation, "Application token", User identity.
/// </summary>
public sealed class AccessIdentity
{
    internal AccessIdentity(JsonElement json, string email, IReadOnlyList<AccessGroup> groups)
    {
        Json = json;
        Email = email;
        Groups = groups;
        Name = json.Text("name");
        IdentityProvider = json.Member("idp") is { } provider ? new() { Id = provider.Text("id"), Type = provider.Text("type") } : null;
        Country = json.Member("geo") is { } place ? place.Text("country") : null;
        UserId = json.Text("user_uuid");
        AccountId = json.Text("account_id");
        IpAddress = json.Text("ip");
        AuthenticationStatus = json.Text("auth_status");
        IssuedAt = json.Time("iat");
        DevicePosture = json.Members("devicePosture");
        DeviceSessions = json.Members("device_sessions");
        DeviceId = json.Text("device_id");
        IsWarp = json.Flag("is_warp");
        IsGateway = json.Flag("is_gateway");
        GatewayAccountId = json.Text("gateway_account_id");
        CommonName = json.Text("common_name");
        ServiceTokenId = json.Text("service_token_id");
        ServiceTokenStatus = json.Flag("service_token_status");
    }

    /// <summary>
    /// The e-mail address; the same as the token's but for case. In an External Evaluation as Access states it, and empty where it states none, as for
    /// a service token.
    /// </summary>
    public string Email { get; }

    /// <summary>The name, where the identity provider gives one.</summary>
    public string? Name { get; }

    /// <summary>
    /// The groups, where the identity provider gives them; none from a provider that <see cref="CloudflareAccessIdentityOptions.IdentityProviders"/>
    /// leaves out.
    /// </summary>
    public IReadOnlyList<AccessGroup> Groups { get; }

    /// <summary>The identity provider that the person logged in with.</summary>
    public AccessIdentityProvider? IdentityProvider { get; }

    /// <summary>The country that the person logged in from, ISO 3166-1 alpha-2.</summary>
    public string? Country { get; }

    /// <summary>The person's id in the team.</summary>
    public string? UserId { get; }

    /// <summary>The id of the Cloudflare account.</summary>
    public string? AccountId { get; }

    /// <summary>The address that the person logged in from.</summary>
    public string? IpAddress { get; }

    /// <summary>Whether a client certificate was shown.</summary>
    public string? AuthenticationStatus { get; }

    /// <summary>When the person logged in.</summary>
    public DateTimeOffset? IssuedAt { get; }

    /// <summary>The results of device posture checks, by the id of the check; empty where there are none.</summary>
    public IReadOnlyDictionary<string, JsonElement> DevicePosture { get; }

    /// <summary>The sessions of the person's devices, by the id of the device; empty where there are none.</summary>
    public IReadOnlyDictionary<string, JsonElement> DeviceSessions { get; }

    /// <summary>The id of the device.</summary>
    public string? DeviceId { get; }

    /// <summary>Whether the device has the WARP client connected.</summary>
    public bool IsWarp { get; }

    /// <summary>Whether the device comes through Cloudflare Gateway.</summary>
    public bool IsGateway { get; }

    /// <summary>The Cloudflare account that the device is enrolled in.</summary>
    public string? GatewayAccountId { get; }

    /// <summary>A service token's Client ID, where Cloudflare gives one; empty for people.</summary>
    public string? CommonName { get; }

    /// <summary>A service token's id, where Cloudflare gives one; empty for people.</summary>
    public string? ServiceTokenId { get; }

    /// <summary>Whether a service token took part in the login.</summary>
    public bool ServiceTokenStatus { get; }

    /// <summary>All that Cloudflare answered, members that have no property here too. Groups here are of any provider.</summary>
    public JsonElement Json { get; }
}
