using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Emulator.ApiShield.Tests;

/// <summary>Good bodies, to be changed, and tokens for them.</summary>
internal static class ShieldPapers
{
    public const string Host = "api.example.com";
    public const string UnknownId = "51231d16-01f1-48e3-93f8-91c99e81288e";
    public const string Secret = "c2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXMtZXhhY3Q";

    public static JsonObject RsaKey() => TestKey.Get("current").ToJwk();

    public static JsonObject SecretKey(string kid = "shared") => new() { ["kty"] = "oct", ["alg"] = "HS256", ["kid"] = kid, ["k"] = Secret };

    public static JsonObject Configuration(params JsonNode[] keys) => new()
    {
        ["title"] = "Accounts",
        ["description"] = "Tokens of accounts.",
        ["token_sources"] = new JsonArray("http.request.headers[\"authorization\"][0]"),
        ["token_type"] = "jwt",
        ["credentials"] = new JsonObject { ["keys"] = new JsonArray([.. keys.DefaultIfEmpty(RsaKey())]) },
    };

    public static JsonObject Rule(string configurationId, string title = "A valid token", string action = "block", string host = Host, bool enabled = true) => new()
    {
        ["title"] = title,
        ["description"] = "All of the API.",
        ["action"] = action,
        ["enabled"] = enabled,
        ["expression"] = $"is_jwt_valid(\"{configurationId}\")",
        ["selector"] = new JsonObject { ["include"] = new JsonArray(new JsonObject { ["host"] = new JsonArray(host) }) },
    };

    public static JsonObject Operation(string method = "GET", string endpoint = "/accounts/{id}", string host = Host) =>
        new() { ["method"] = method, ["host"] = host, ["endpoint"] = endpoint };

    public static string RsaToken(TimeProvider clock, int seconds = 600) =>
        new TokenMinter(clock).Sign(new JsonObject { ["sub"] = "alice", ["exp"] = clock.GetUtcNow().ToUnixTimeSeconds() + seconds });

    /// <summary>A token that is signed with <see cref="Secret"/>, by .NET's own HMAC.</summary>
    public static string SecretToken(string kid = "shared") => TokenMinter.Sign(
        $$"""{"alg":"HS256","kid":"{{kid}}"}""", "{}", content => HMACSHA256.HashData(Base64UrlEncoder.DecodeBytes(Secret), content));
}
