using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore;

/// <summary>The answer where a caller could not be judged, and can be later.</summary>
internal static class UnavailableAnswer
{
    /// <returns>The time to the next attempt, where this failure is no verdict on the token.</returns>
    public static TimeSpan? RetryAfterOf(CloudflareAccessFailureException? failure) => failure switch
    {
        CloudflareAccessKeysUnavailableException keys => keys.RetryAfter,
        CloudflareAccessIdentityUnavailableException identity => identity.RetryAfter,
        _ => null,
    };

    public static void Write(HttpResponse response, TimeSpan retryAfter)
    {
        response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        response.Headers.RetryAfter = ((long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }
}
