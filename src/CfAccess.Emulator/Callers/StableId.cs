using System.Security.Cryptography;
using System.Text;

namespace CfAccess.Emulator.Callers;

/// <summary>Ids that are the same after each start, so that what an application stored under them is found again.</summary>
internal static class StableId
{
    /// <summary>A UUID of version 8 (RFC 9562, section 5.8) made of a kind and a name.</summary>
    public static string Uuid(string issuer, string kind, string name)
    {
        var bytes = Hash(issuer, kind, name);
        bytes[6] = (byte)((bytes[6] & 0x0f) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3f) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>32 hex digits, as Cloudflare's account and identity provider ids have.</summary>
    public static string Hex(string issuer, string kind, string name) => Convert.ToHexStringLower(Hash(issuer, kind, name));

    private static byte[] Hash(string issuer, string kind, string name) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{issuer}\n{kind}\n{name}"))[..16];
}
