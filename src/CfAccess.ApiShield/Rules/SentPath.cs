using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CfAccess.ApiShield.Rules;

/// <summary>The path of a request as it was sent, with all of its escapes.</summary>
internal static class SentPath
{
    /// <summary>
    /// Whether the sent path says more than the decoded one. Kestrel makes one path of <c>/a;%5Cx\1</c> and <c>/a;\x\1</c>, and one of
    /// <c>/a;%252Fx%2F1</c> and <c>/a;%2Fx%2F1</c>. A server that gets the sent path can read them differently.
    /// </summary>
    public static bool IsNeeded(HttpContext context, out string path)
    {
        path = Read(context.Features.Get<IHttpRequestFeature>()?.RawTarget).ToString();
        return path.Contains('%');
    }

    /// <summary>A client can send a whole URL, or a path and a query.</summary>
    /// <param name="target">The target of the request as it was sent; empty if it is not known.</param>
    public static ReadOnlySpan<char> Read(ReadOnlySpan<char> target)
    {
        const string endOfScheme = "://";
        target = target.IndexOf('?') is >= 0 and var query ? target[..query] : target;
        if (target is ['/', ..] || target.IndexOf(endOfScheme) is not (>= 0 and var scheme))
        {
            return target is ['/', ..] ? target : "/";
        }

        var authority = target[(scheme + endOfScheme.Length)..];
        return authority.IndexOf('/') is >= 0 and var start ? authority[start..] : "/";
    }
}
