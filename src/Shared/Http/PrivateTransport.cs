namespace CfAccess.Shared.Http;

/// <summary>Decides whether keys and secrets may travel to and from an origin.</summary>
internal static class PrivateTransport
{
    /// <summary>
    /// Whether nobody on the network can read or change the traffic: https, or http to a loopback address or the name <c>localhost</c>. A name under
    /// <c>localhost</c> needs https. RFC 6761, section 6.3, reserves such names for loopback, but some systems ask DNS for them.
    /// </summary>
    public static bool Protects(Uri origin) =>
        origin.Scheme == Uri.UriSchemeHttps || (origin.Scheme == Uri.UriSchemeHttp && origin.IsLoopback);
}
