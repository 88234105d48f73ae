using System.IdentityModel.Tokens.Jwt;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Testing;

/// <summary>
/// Makes tokens without any code of the library: good ones with <see cref="JwtSecurityTokenHandler"/>, and any others byte by byte with
/// <see cref="RSA"/>.
/// </summary>
public sealed class TokenMinter(TimeProvider clock, TestKey? key = null)
{
    public TestKey Key { get; } = key ?? TestKey.Get("current");

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds();

    /// <summary>The payload of a person, as Access writes it.</summary>
    public JsonObject Person(string email = TestTeam.Email) => new()
    {
        ["aud"] = new JsonArray(TestTeam.Audience),
        ["email"] = email,
        ["exp"] = Now + 3600,
        ["iat"] = Now,
        ["nbf"] = Now,
        ["iss"] = TestTeam.Issuer,
        ["type"] = "app",
        ["identity_nonce"] = TestTeam.Nonce,
        ["sub"] = TestTeam.Subject,
        ["country"] = "US",
    };

    /// <summary>The payload of a service token, as Access writes it.</summary>
    public JsonObject Service(string clientId = TestTeam.ClientId) => new()
    {
        ["type"] = "app",
        ["aud"] = new JsonArray(TestTeam.Audience),
        ["exp"] = Now + 3600,
        ["iss"] = TestTeam.Issuer,
        ["common_name"] = clientId,
        ["iat"] = Now,
        ["sub"] = string.Empty,
    };

    public JsonObject Header() => new() { ["alg"] = "RS256", ["kid"] = Key.Kid, ["typ"] = "JWT" };

    /// <summary>A token that a second implementation makes and signs.</summary>
    public string Mint(JsonObject payload)
    {
        var body = JwtPayload.Deserialize(payload.ToJsonString());
        return new JwtSecurityTokenHandler().WriteToken(new JwtSecurityToken(new JwtHeader(Key.Credentials), body));
    }

    public string MintPerson(Action<JsonObject>? change = null) => Sign(Changed(Person(), change));

    public string MintService(Action<JsonObject>? change = null) => Sign(Changed(Service(), change));

    public string Sign(JsonObject payload, Action<JsonObject>? changeHeader = null) =>
        Sign(Changed(Header(), changeHeader).ToJsonString(), payload.ToJsonString());

    /// <summary>Signs any bytes as header and payload.</summary>
    public string Sign(string header, string payload) => Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload));

    public string Sign(byte[] header, byte[] payload)
    {
        var content = $"{Base64UrlEncoder.Encode(header)}.{Base64UrlEncoder.Encode(payload)}";
        return $"{content}.{Base64UrlEncoder.Encode(SignatureOf(content))}";
    }

    /// <summary>Signs two segments that are written already.</summary>
    public string SignSegments(string header, string payload) =>
        $"{header}.{payload}.{Base64UrlEncoder.Encode(SignatureOf($"{header}.{payload}"))}";

    private byte[] SignatureOf(string content) =>
        Key.Rsa.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static JsonObject Changed(JsonObject json, Action<JsonObject>? change)
    {
        change?.Invoke(json);
        return json;
    }
}
