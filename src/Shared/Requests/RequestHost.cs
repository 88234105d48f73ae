using Microsoft.AspNetCore.Http;

namespace CfAccess.Shared.Requests;

/// <summary>
/// The host that a request asks for, as it was sent. <see cref="HttpRequest.Host"/> decodes names of other alphabets, which documents and browsers
/// write as <c>xn--</c>, and throws where a client's cannot be decoded.
/// </summary>
internal static class RequestHost
{
    public static HostString Of(HttpRequest request) => new(request.Headers.Host.ToString());
}
