using System.Text.Json;
using System.Text.Json.Nodes;
using CfAccess.ApiShield.Tokens;
using CfAccess.ApiShield.Tokens.Keys;
using CfAccess.Testing;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.ApiShield.Tests.Tokens;

/// <summary>Tokens of an issuer, made without code of the library, and verifiers that know the issuer's keys.</summary>
internal static class ShieldTokens
{
    public const int MaximumLength = 16 * 1024;

    public static long Now => TestClock.DefaultStart.ToUnixTimeSeconds();

    public static JsonObject Payload => new() { ["sub"] = "7", ["role"] = "admin", ["exp"] = Now + 600, ["nbf"] = Now - 600 };

    public static CredentialKeys Read(params JsonNode[] jwks)
    {
        using var document = JsonDocument.Parse(new JsonArray([.. jwks.Select(jwk => jwk.DeepClone())]).ToJsonString());
        return CredentialReader.Read(document.RootElement);
    }

    public static JwtVerifier Verifier(params JsonNode[] jwks)
    {
        var keys = Read(jwks);
        keys.Problem.ShouldBeNull();
        return new JwtVerifier(keys.Keys, MaximumLength, new TestClock());
    }

    public static JwtVerifier Verifier(params ShieldKey[] keys) => Verifier([.. keys.Select(key => key.Jwk)]);

    /// <summary>A good token, made and signed by a second implementation.</summary>
    public static string MintElsewhere(ShieldKey key, JsonObject payload)
    {
        key.SecurityKey.KeyId = "k1";
        return TokenMinter.Mint(payload, new SigningCredentials(key.SecurityKey, key.Algorithm));
    }

    public static JsonObject Header(ShieldKey key) => new() { ["alg"] = key.Algorithm, ["kid"] = "k1", ["typ"] = "JWT" };

    public static string Mint(ShieldKey key, Action<JsonObject>? payload = null, Action<JsonObject>? header = null)
    {
        var (first, second) = (Header(key), Payload);
        header?.Invoke(first);
        payload?.Invoke(second);
        return Sign(key, first.ToJsonString(), second.ToJsonString());
    }

    public static string Sign(ShieldKey key, string header, string payload) => TokenMinter.Sign(header, payload, key.Sign);

    public static string Sign(ShieldKey key, byte[] header, byte[] payload) => TokenMinter.Sign(header, payload, key.Sign);

    /// <summary>Header and payload of a token, with another signature.</summary>
    public static string With(string content, byte[] signature) => $"{content}.{Base64UrlEncoder.Encode(signature)}";

    public static string ContentOf(string token) => token[..token.LastIndexOf('.')];

    /// <summary>The word of the reason, or <c>valid</c>.</summary>
    public static string Word(this JwtVerdict verdict) => verdict.FailureReason is { } reason ? JwtFailureWords.Of(reason) : "valid";
}
