using System.Net;

namespace CfAccess.Shared.Http;

/// <summary>
/// The default proxy, but not for this machine. Plain HTTP is allowed to loopback because it does not leave the machine, and .NET would send it to the
/// proxy of <c>HTTP_PROXY</c>.
/// </summary>
internal sealed class LoopbackBypass : IWebProxy
{
    public ICredentials? Credentials
    {
        get => HttpClient.DefaultProxy.Credentials;
        set => throw new NotSupportedException("The credentials are those of HttpClient.DefaultProxy.");
    }

    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : HttpClient.DefaultProxy.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || HttpClient.DefaultProxy.IsBypassed(host);
}
