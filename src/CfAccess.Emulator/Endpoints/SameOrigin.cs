using CfAccess.Shared.Requests;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Endpoints;

/// <summary>Tells a form sent by a page of this host from one sent by another site.</summary>
internal static class SameOrigin
{
    private const string FetchSite = "Sec-Fetch-Site";

    public static bool Sent(HttpRequest request)
    {
        switch (request.Headers[FetchSite].ToString())
        {
            case "cross-site" or "same-site":
                return false;

            // A development proxy may change the host, so that it differs from the origin. Only the browser writes this header: no page can.
            case "same-origin":
                return true;
        }

        var origin = request.Headers.Origin;
        return origin.Count == 0
            || (origin.Count == 1
                && Uri.TryCreate(origin[0], UriKind.Absolute, out var uri)
                && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
                && string.Equals(uri.Authority, RequestHost.Of(request).Value, StringComparison.OrdinalIgnoreCase));
    }
}
