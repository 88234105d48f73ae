using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CfAccess.Emulator.Edge;

/// <summary>Tells a CORS preflight (Fetch standard, section "CORS-preflight fetch"), which browsers send without cookies.</summary>
internal static class Preflight
{
    public static bool Is(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method)
        && request.Headers.ContainsKey(HeaderNames.Origin)
        && request.Headers.ContainsKey(HeaderNames.AccessControlRequestMethod);
}
