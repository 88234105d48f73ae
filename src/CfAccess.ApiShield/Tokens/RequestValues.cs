using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Tokens;

/// <summary>
/// The headers and cookies of a request as the Rules language counts them: those of one name in their order, the first is 0. Source:
/// https://developers.cloudflare.com/ruleset-engine/rules-language/fields/reference/http.request.cookies/.
/// </summary>
internal static class RequestValues
{
    /// <summary>Longer names are decoded outside the stack.</summary>
    private const int ShortName = 256;

    public static bool TryGetHeader(HttpRequest request, string name, int index, [NotNullWhen(true)] out string? value)
    {
        var values = request.Headers[name];
        value = index < values.Count ? values[index] : null;
        return value is not null;
    }

    /// <summary>
    /// Reads the raw headers, since <see cref="HttpRequest.Cookies"/> ignores the case of names, decodes values and hides duplicates. Names
    /// are URL-decoded; values are what was sent.
    /// </summary>
    public static bool TryGetCookie(HttpRequest request, string name, int index, out ReadOnlySpan<char> value)
    {
        foreach (var header in request.Headers.Cookie)
        {
            foreach (var range in header.AsSpan().Split(';'))
            {
                var pair = header.AsSpan(range).Trim(" \t");
                var equals = pair.IndexOf('=');
                if (equals >= 0 && IsNamed(pair[..equals], name) && index-- == 0)
                {
                    value = pair[(equals + 1)..];
                    return true;
                }
            }
        }

        value = default;
        return false;
    }

    private static bool IsNamed(ReadOnlySpan<char> written, string name)
    {
        if (!written.Contains('%'))
        {
            return written.SequenceEqual(name);
        }

        if (written.Length > ShortName)
        {
            return Uri.UnescapeDataString(written) == name;
        }

        Span<char> decoded = stackalloc char[ShortName];
        return Uri.TryUnescapeDataString(written, decoded, out var length) && decoded[..length].SequenceEqual(name);
    }
}
