using System.Numerics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using CfAccess.AspNetCore.Keys;
using CfAccess.Cli.Teams;
using CfAccess.Shared.Jwt;

namespace CfAccess.Cli.Keys;

/// <summary>Reads what the library took as a key set once more, for what it passes over: sizes, certificates, which key is current.</summary>
internal static class PublishedKeys
{
    private static readonly string[] Members = ["kty", "use", "alg", "n", "e"];

    public static KeysReport Read(ReadOnlyMemory<byte> answer, TeamChoice team, DateTimeOffset at)
    {
        using var document = JsonDocument.Parse(answer);
        var root = document.RootElement;
        var current = PublishedJson.Member(root, "public_cert") is { } certificate ? PublishedJson.Text(certificate, "kid") : null;
        var certificates = Certificates(root);
        return new(
            team.Issuer,
            team.KeysUrl.AbsoluteUri,
            at,
            current,
            [.. PublishedJson.Member(root, "keys")!.Value.EnumerateArray().Select(jwk => Of(jwk, current, certificates))]);
    }

    private static KeyReport Of(JsonElement jwk, string? current, Dictionary<string, (DateTimeOffset From, DateTimeOffset Until)> certificates)
    {
        // The library's own filter decides.
        var isUsable = KeyFilter.TryRead(jwk, out _, out var problem);
        var kid = PublishedJson.Text(jwk, "kid");
        (DateTimeOffset From, DateTimeOffset Until)? certificate = kid is not null && certificates.TryGetValue(kid, out var found) ? found : null;
        return new(kid, Bits(jwk), PublishedJson.Text(jwk, "alg"), isUsable, problem, kid is not null && kid == current, certificate?.From, certificate?.Until)
        {
            Material = string.Join(' ', Members.Select(name => PublishedJson.Text(jwk, name))),
        };
    }

    private static int? Bits(JsonElement jwk) =>
        jwk.ValueKind == JsonValueKind.Object && PublishedJson.IsUnicode(jwk) && Jwk.GetNumber(jwk, "n") is { Length: > 0 } modulus
            ? (modulus.Length * 8) - BitOperations.LeadingZeroCount(modulus[0]) + 24
            : null;

    private static Dictionary<string, (DateTimeOffset From, DateTimeOffset Until)> Certificates(JsonElement root)
    {
        var found = new Dictionary<string, (DateTimeOffset From, DateTimeOffset Until)>(StringComparer.Ordinal);
        if (PublishedJson.Member(root, "public_certs") is not { ValueKind: JsonValueKind.Array } list)
        {
            return found;
        }

        foreach (var entry in list.EnumerateArray())
        {
            if (PublishedJson.Text(entry, "kid") is { } kid && PublishedJson.Text(entry, "cert") is { } pem && Validity(pem) is { } validity)
            {
                found[kid] = validity;
            }
        }

        return found;
    }

    private static (DateTimeOffset From, DateTimeOffset Until)? Validity(string pem)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(pem);
            return (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
