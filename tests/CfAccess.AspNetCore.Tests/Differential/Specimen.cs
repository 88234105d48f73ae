using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CfAccess.Testing;
using CfAccess.Testing.Properties;

namespace CfAccess.AspNetCore.Tests.Differential;

/// <summary>
/// How a token is made: rules about tokens are told of this, and never of the finished string. It deliberately mints without
/// <see cref="TokenMinter"/>, because the spelling of the segments is part of each case.
/// </summary>
/// <param name="Header">The header, as text.</param>
/// <param name="Payload">The payload, as text.</param>
/// <param name="Signer">Whose key signs.</param>
/// <param name="Signature">How it signs.</param>
/// <param name="Spelling">How the segments are written.</param>
internal sealed record Specimen(
    JsonText Header, JsonText Payload, TestKey Signer, Signature Signature = Signature.Rs256, Spelling Spelling = Spelling.Canonical)
{
    /// <summary>The values of all header members of that name, however the name is written.</summary>
    public IEnumerable<string> InHeader(string name) => ValuesIn(Header, name);

    /// <summary>The values of all payload members of that name, however the name is written.</summary>
    public IEnumerable<string> InPayload(string name) => ValuesIn(Payload, name);

    public string Mint()
    {
        var (header, payload) = Spellings.Write(Spelling, Header.ToString(), Payload.ToString());
        var content = $"{header}.{payload}";
        return Spellings.Finish(Spelling, content, Signatures.Make(Signature, Signer.Rsa, content));
    }

    /// <summary>The text that a JSON value is, or nothing.</summary>
    public static string? Text(string? json)
    {
        try
        {
            return json is ['"', ..] ? JsonSerializer.Deserialize<string>(json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> ValuesIn(JsonText json, string name) =>
        json.Members.Where(member => Text($"\"{member.Name}\"") == name).Select(member => member.Value);
}

/// <summary>How a token is signed.</summary>
internal enum Signature
{
    Rs256,
    Rs384,
    Rs512,
    Ps256,
    Hs256WithPublicKey,
    None,
    Flipped,
    Truncated,
    Extended,
    Zero,
}

/// <summary>Signs.</summary>
internal static class Signatures
{
    public static byte[] Make(Signature signature, RSA rsa, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        byte[] Good() => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return signature switch
        {
            Signature.Rs256 => Good(),
            Signature.Rs384 => rsa.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
            Signature.Rs512 => rsa.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            Signature.Ps256 => rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            Signature.Hs256WithPublicKey => HMACSHA256.HashData(Encoding.ASCII.GetBytes(rsa.ExportSubjectPublicKeyInfoPem()), bytes),
            Signature.None => [],
            Signature.Flipped => [.. Good().Select((value, at) => at == 100 ? (byte)(value ^ 1) : value)],
            Signature.Truncated => Good()[..^1],
            Signature.Extended => [.. Good(), 0],
            _ => new byte[256],
        };
    }
}
