using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace CfAccess.Shared.AccessToken;

/// <summary>Finds the token of a request. A later source is not looked at once an earlier one holds something.</summary>
internal static class TokenReader
{
    private const string CookiePrefix = CloudflareAccessDefaults.AuthorizationCookie + "=";

    public static TokenReading Read(HttpRequest request, CloudflareAccessTokenSources sources)
    {
        if (sources != CloudflareAccessTokenSources.Cookie)
        {
            var header = FromHeader(request.Headers[CloudflareAccessDefaults.AssertionHeader]);
            if (!header.IsEmpty)
            {
                return header;
            }
        }

        return sources == CloudflareAccessTokenSources.Header ? default : FromCookies(request.Headers.Cookie);
    }

    private static TokenReading FromHeader(StringValues values) => values.Count switch
    {
        0 => default,
        1 => TokenReading.Of(values[0], TokenSource.Header),
        _ => TokenReading.Ambiguous(TokenSource.Header),
    };

    /// <summary>
    /// Reads the raw header, since <see cref="HttpRequest.Cookies"/> ignores the case of names, decodes values and hides duplicates.
    /// Source: RFC 6265, section 4.2.1.
    /// </summary>
    private static TokenReading FromCookies(StringValues headers)
    {
        string? found = null;
        foreach (var header in headers)
        {
            foreach (var range in header.AsSpan().Split(';'))
            {
                var pair = header.AsSpan(range).Trim(" \t");
                if (!pair.StartsWith(CookiePrefix, StringComparison.Ordinal))
                {
                    continue;
                }

                var value = pair[CookiePrefix.Length..];
                if (value.IsEmpty)
                {
                    continue;
                }

                if (found is not null && !value.SequenceEqual(found))
                {
                    return TokenReading.Ambiguous(TokenSource.Cookie);
                }

                found ??= value.ToString();
            }
        }

        return TokenReading.Of(found, TokenSource.Cookie);
    }
}
