using System.Net.Sockets;
using System.Security.Authentication;

namespace CfAccess.Shared.Backchannel;

/// <summary>Tells for an operator why another server could not be asked.</summary>
internal static class TransportFailure
{
    /// <summary>Never the message: it may quote what the other side sent.</summary>
    public static string Describe(Exception exception) =>
        exception is HttpRequestException http ? http.HttpRequestError + CauseOf(http) : exception.GetType().Name;

    private static string CauseOf(Exception exception) => exception.InnerException switch
    {
        SocketException socket => $" ({socket.SocketErrorCode})",
        AuthenticationException => " (TLS)",
        IOException io => CauseOf(io),
        _ => string.Empty,
    };
}
