using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Keys;

/// <summary>The answer to "which key has this <c>kid</c>?".</summary>
internal readonly record struct KeyResolution(KeyStatus Status, SecurityKey? Key = null, TimeSpan RetryAfter = default)
{
    private static readonly TimeSpan ShortestRetryAfter = TimeSpan.FromSeconds(1);

    public static KeyResolution Found(SecurityKey key) => new(KeyStatus.Found, key);

    public static KeyResolution Unavailable(TimeSpan retryAfter) =>
        new(KeyStatus.Unavailable, RetryAfter: retryAfter > ShortestRetryAfter ? retryAfter : ShortestRetryAfter);
}
