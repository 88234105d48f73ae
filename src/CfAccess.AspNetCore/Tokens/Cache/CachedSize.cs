namespace CfAccess.AspNetCore.Tokens.Cache;

/// <summary>About how many bytes a validated token takes in memory: its text, its claims, and what holds them together.</summary>
internal static class CachedSize
{
    private const int BytesOfEntry = 1000;
    private const int BytesOfClaim = 90;

    /// <summary>What no token is below: a signature alone has 342 characters.</summary>
    public const int Smallest = BytesOfEntry + TokenCache.ShortestToken;

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
