using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CfAccess.Testing.Properties;

/// <summary>
/// The rules for a token once more, slowly and plainly, without any code of the library: tells of every string whether it is a token
/// that must be accepted at <see cref="TestClock.DefaultStart"/>.
/// </summary>
public static class ReferenceRules
{
    private const int MaximumLength = 16 * 1024;
    private const int MaximumHeaderLength = 2048;
    private const int MaximumHeaderMembers = 16;

    private static readonly TestKey[] Published = [FixedKeys.Current, FixedKeys.Previous];

    /// <summary>Text, by RFC 7515, sections 4.1.9 and 4.1.10, and RFC 7516, section 4.1.3.</summary>
    private static readonly string[] TextInHeader = ["typ", "cty", "zip"];

    private static readonly string[] RefusedInHeader = ["crit", "b64", "jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256"];

    public static bool Accepts(string? token)
    {
        if (token is null || token.Length > MaximumLength || token.Split('.') is not [var header, var payload, var signature])
        {
            return false;
        }

        return header.Length <= MaximumHeaderLength
            && Decode(header) is { } headerBytes
            && Decode(payload) is { } payloadBytes
            && Decode(signature) is { } signatureBytes
            && Parse(headerBytes, 4, HeaderKid) is { } kid
            && Parse(payloadBytes, 64, ReferenceClaims.Problem) is ReferenceClaims.None
            && Array.Find(Published, key => key.Kid == kid) is { } key
            && IsSigned($"{header}.{payload}", signatureBytes, key);
    }

    private static bool IsSigned(string content, byte[] signature, TestKey key) =>
        key.Rsa.VerifyData(Encoding.ASCII.GetBytes(content), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <summary>Base64url in its one spelling: what comes of encoding what it decodes to.</summary>
    private static byte[]? Decode(string segment)
    {
        var standard = segment.Replace('-', '+').Replace('_', '/').PadRight((segment.Length + 3) / 4 * 4, '=');
        var bytes = new byte[standard.Length];
        if (segment.Length == 0 || !Convert.TryFromBase64String(standard, bytes, out var length))
        {
            return null;
        }

        var spelling = Convert.ToBase64String(bytes, 0, length).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        return spelling == segment ? bytes[..length] : null;
    }

    /// <returns>What the judge says of the object; nothing where it is no object, or not text.</returns>
    private static string? Parse(byte[] bytes, int depth, Func<JsonElement, string?> judge)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes);
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = depth });
            return document.RootElement.ValueKind == JsonValueKind.Object ? judge(document.RootElement) : null;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? HeaderKid(JsonElement header)
    {
        var members = header.EnumerateObject().ToList();
        var isGood = members.Count <= MaximumHeaderMembers
            && members.TrueForAll(member => member.ToString().StartsWith($"\"{member.Name}\"", StringComparison.Ordinal))
            && members.DistinctBy(member => member.Name).Count() == members.Count
            && !members.Exists(member => RefusedInHeader.Contains(member.Name))
            && members.TrueForAll(member => IsReadable(member, TextInHeader))
            && Text(header, "alg") == "RS256";
        return isGood && Text(header, "kid") is { Length: > 0 } kid ? kid : null;
    }

    /// <summary>Whether a member that is defined as text is text or null. Any other member may be anything.</summary>
    private static bool IsReadable(JsonProperty member, string[] textMembers) => !textMembers.Contains(member.Name) || member.Value.ValueKind switch
    {
        JsonValueKind.String => ReferenceClaims.IsTextThroughout(member.Value),
        JsonValueKind.Null => true,
        _ => false,
    };

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
