using CfAccess.Shared.Requests;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Endpoints;

/// <summary>Where a login leads back to: a path of this very host, on this port or another.</summary>
internal static class ReturnAddress
{
    private const string Home = "/";

    /// <param name="request">The login.</param>
    /// <param name="host">The host that it is for, as its address names it; none means this one.</param>
    /// <param name="path">Path and query that it leads to; none means the root.</param>
    /// <returns>The address, or why there is none.</returns>
    public static (string? Address, string? Refusal) Of(HttpRequest request, string? host, string? path)
    {
        path = string.IsNullOrEmpty(path) ? Home : path;
        if (!IsPath(path))
        {
            return (null, "This login would lead elsewhere: redirect_url has to be a path of this host, such as /me.");
        }

        if (string.IsNullOrEmpty(host) || IsSame(host, RequestHost.Of(request).Value) || IsSame(host, RequestHost.Of(request).Host))
        {
            return (path, null);
        }

        return Uri.TryCreate($"{request.Scheme}://{host}", UriKind.Absolute, out var uri)
            && IsSame(uri.Host, RequestHost.Of(request).Host)
            && (IsSame(uri.Authority, host) || IsSame($"{uri.Host}:{uri.Port}", host))
                ? ($"{request.Scheme}://{uri.Authority}{path}", null)
                : (null, "This login is for another host. The emulator sends nobody elsewhere: only back to the host that it was asked on.");
    }

    private static bool IsSame(string one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static bool IsPath(string wanted) => wanted is ['/', ..] and not ['/', '/' or '\\', ..] && wanted.All(IsPrintable);

    /// <summary>A browser drops tabs and line ends, which could make two slashes of what looks like one.</summary>
    private static bool IsPrintable(char character) => character is > ' ' and <= '~';
}
