using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace CfAccess.Cli.Rules;

/// <summary>A request that options describe, as the middleware meets one.</summary>
internal static class DescribedRequest
{
    /// <exception cref="CliException">It is none.</exception>
    public static HttpContext Of(string method, string? url, IEnumerable<string> headers)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || target.Scheme is not ("http" or "https") || target.UserInfo.Length > 0)
        {
            throw CliException.WrongUse("Say which request: --url https://api.example.com/accounts/1.");
        }

        if (target.AbsolutePath.Contains("%00", StringComparison.Ordinal))
        {
            throw CliException.WrongUse("--url has an escaped null character (%00), which servers reject. Remove it.");
        }

        if (method.Length == 0 || !method.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            throw CliException.WrongUse("--method is no method. Write GET, say.");
        }

        var context = new DefaultHttpContext();
        var request = context.Request;
        request.Method = method;
        request.Scheme = target.Scheme;
        request.Host = new HostString(target.Authority);
        request.Path = PathString.FromUriComponent(target);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target.PathAndQuery;
        request.QueryString = QueryString.FromUriComponent(target);
        foreach (var line in headers)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan().ContainsAny('\r', '\n'))
            {
                throw CliException.WrongUse("--header takes one whole line such as 'Authorization: Bearer …'.");
            }

            var (name, value) = (line[..colon].Trim(), line[(colon + 1)..].Trim());
            request.Headers[name] = name.Equals("Host", StringComparison.OrdinalIgnoreCase) ? value : StringValues.Concat(request.Headers[name], value);
        }

        return context;
    }
}
