namespace CfAccess.AspNetCore.Teams;

/// <summary>An AUD tag as Access writes it: 64 lowercase hexadecimal digits. Source: Cloudflare One documentation, "Validate JWTs".</summary>
internal static class AudienceTag
{
    private const int Length = 64;

    /// <summary>Whether a token of Access can hold the tag. Tags are compared character by character, so one in capitals matches none.</summary>
    public static bool IsUsual(string tag) => tag.Length == Length && tag.All(char.IsAsciiHexDigitLower);
}
