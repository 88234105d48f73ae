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
    public string Mint(JsonObject payload) => Mint(payload, Key.Credentials);

    /// <summary>A token that a second implementation makes and signs with any credentials.</summary>
    public static string Mint(JsonObject payload, SigningCredentials credentials) => new JwtSecurityTokenHandler().WriteToken(
        new JwtSecurityToken(new JwtHeader(credentials), JwtPayload.Deserialize(payload.ToJsonString())));

    public string MintPerson(Action<JsonObject>? change = null) => Sign(Changed(Person(), change));

    public string MintService(Action<JsonObject>? change = null) => Sign(Changed(Service(), change));

    public string Sign(JsonObject payload, Action<JsonObject>? changeHeader = null) =>
        Sign(Changed(Header(), changeHeader).ToJsonString(), payload.ToJsonString());

    /// <summary>Signs any bytes as header and payload.</summary>
    public string Sign(string header, string payload) => Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload));

    public string Sign(byte[] header, byte[] payload) => Sign(header, payload, SignatureOf);

    /// <summary>Signs two segments that are written already.</summary>
    public string SignSegments(string header, string payload) => SignSegments(header, payload, SignatureOf);

    /// <summary>Signs any header and payload with any key. The function returns the signature of its argument.</summary>
    public static string Sign(string header, string payload, Func<byte[], byte[]> sign) =>
        Sign(Encoding.UTF8.GetBytes(header), Encoding.UTF8.GetBytes(payload), sign);

    /// <inheritdoc cref="Sign(string, string, Func{byte[], byte[]})"/>
    public static string Sign(byte[] header, byte[] payload, Func<byte[], byte[]> sign) =>
        SignSegments(Base64UrlEncoder.Encode(header), Base64UrlEncoder.Encode(payload), sign);

    private static string SignSegments(string header, string payload, Func<byte[], byte[]> sign) =>
        $"{header}.{payload}.{Base64UrlEncoder.Encode(sign(Encoding.ASCII.GetBytes($"{header}.{payload}")))}";

    private byte[] SignatureOf(byte[] content) => Key.Rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static JsonObject Changed(JsonObject json, Action<JsonObject>? change)
    {
        change?.Invoke(json);
        return json;
    }
}
