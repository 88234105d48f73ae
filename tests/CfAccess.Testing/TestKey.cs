using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using CfAccess.Testing.Leaks;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Testing;

/// <summary>An RSA key of a team, as the key endpoint publishes it. Making one is slow, so tests share them by name.</summary>
public sealed class TestKey
{
    private static readonly ConcurrentDictionary<string, TestKey> Named = new(StringComparer.Ordinal);

    private TestKey(string name, RSA rsa)
    {
        Kid = Sentinels.Kid + Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)))[Sentinels.Kid.Length..];
        Rsa = rsa;
    }

    public string Kid { get; }

    public RSA Rsa { get; }

    public SigningCredentials Credentials => new(new RsaSecurityKey(Rsa) { KeyId = Kid }, SecurityAlgorithms.RsaSha256);

    /// <summary>The key of a name, always the same one within a test run.</summary>
    public static TestKey Get(string name, int bits = 2048) => Named.GetOrAdd(
        string.Create(CultureInfo.InvariantCulture, $"{name}/{bits}"),
        _ => Of(name, RSA.Create(bits)));

    /// <summary>A key of one's own making.</summary>
    public static TestKey Of(string name, RSA rsa) => new(name, rsa);

    public JsonObject ToJwk()
    {
        var parameters = Rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kid"] = Kid,
            ["kty"] = "RSA",
            ["alg"] = "RS256",
            ["use"] = "sig",
            ["e"] = Base64UrlEncoder.Encode(parameters.Exponent),
            ["n"] = Base64UrlEncoder.Encode(parameters.Modulus),
        };
    }
}
