namespace CfAccess.AspNetCore.Tokens.Cache;

/// <summary>About how many bytes a validated token takes in memory: its text, its claims, and what holds them together.</summary>
internal static class CachedSize
{
    private const int BytesOfEntry = 1200;
    private const int BytesOfClaim = 90;

    public static long Of(string token, ValidatedToken validated)
    {
        var size = BytesOfEntry + (long)token.Length;
        foreach (var claim in validated.Caller.Claims)
        {
            size += BytesOfClaim + ((claim.Type.Length + claim.Value.Length) * sizeof(char));
        }

        return size;
    }
}
