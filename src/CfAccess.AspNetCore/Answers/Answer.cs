using System.Globalization;
using CfAccess.AspNetCore.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CfAccess.AspNetCore.Answers;

/// <summary>
/// What the scheme answers a caller that does not get in. Another scheme of the same policy may have answered before; the last one answers, so
/// what belongs to another status is taken away.
/// </summary>
internal static class Answer
{
    private const string ChallengeScheme = "Cloudflare-Access";

    /// <returns>The time to the next attempt, where this failure is no verdict on the token.</returns>
    public static TimeSpan? RetryAfterOf(CloudflareAccessFailureException? failure) => failure switch
    {
        CloudflareAccessKeysUnavailableException keys => keys.RetryAfter,
        CloudflareAccessIdentityUnavailableException identity => identity.RetryAfter,
        _ => null,
    };

    /// <param name="context">The request.</param>
    /// <param name="told">The reason, if the caller may know it.</param>
    public static void Unauthorized(HttpContext context, AccessFailureReason? told)
    {
        Begin(context, StatusCodes.Status401Unauthorized, told is { } reason ? FailureWords.MessageOf(reason) : null);
        var challenge = told is { } word
            ? $"{ChallengeScheme} error=\"invalid_token\", error_description=\"{FailureWords.Of(word)}\""
            : ChallengeScheme;
        if (!context.Response.Headers.WWWAuthenticate.Contains(challenge))
        {
            context.Response.Headers.Append(HeaderNames.WWWAuthenticate, challenge);
        }
    }

    public static void Forbidden(HttpContext context) => Begin(context, StatusCodes.Status403Forbidden, detail: null);

    /// <param name="context">The request.</param>
    /// <param name="retryAfter">The time to the next attempt; it is told in whole seconds, rounded up.</param>
    /// <param name="told">The reason, if the caller may know it.</param>
    public static void Unavailable(HttpContext context, TimeSpan retryAfter, AccessFailureReason? told)
    {
        var detail = told is { } reason ? $"The Cloudflare Access token could not be judged: {FailureWords.Of(reason)}." : null;
        Begin(context, StatusCodes.Status503ServiceUnavailable, detail);
        context.Response.Headers.RetryAfter = ((long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    public static void Redirect(HttpContext context, string location)
    {
        Begin(context, StatusCodes.Status302Found);
        context.Response.Headers.Location = location;
    }

    private static void Begin(HttpContext context, int status, string? detail)
    {
        Begin(context, status);
        ProblemAnswer.Announce(context, status, detail);
    }

    private static void Begin(HttpContext context, int status)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = CacheControlHeaderValue.NoStoreString;
        response.Headers.RetryAfter = default;
        response.Headers.Location = default;
    }
}
