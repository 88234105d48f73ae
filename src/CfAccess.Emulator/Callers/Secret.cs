using System.Security.Cryptography;

namespace CfAccess.Emulator.Callers;

/// <summary>Secrets as Cloudflare's client secrets are: 64 hex digits.</summary>
internal static class Secret
{
    private const int Length = 64;

    public static string Make() => RandomNumberGenerator.GetHexString(Length, lowercase: true);
}
