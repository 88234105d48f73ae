namespace CfAccess.ApiShield.Operations;

/// <summary>The host of a request or an operation, as it is compared: without port and without the dot of the root.</summary>
internal static class HostName
{
    /// <summary>A name in DNS has at most 255 octets (RFC 1035, section 2.3.4).</summary>
    public const int MaximumLength = 255;

    /// <summary>What stands before the port in a <c>Host</c> header; an IPv6 address keeps its brackets. Case stays as it is.</summary>
    public static ReadOnlySpan<char> Of(ReadOnlySpan<char> header)
    {
        var bracket = header.LastIndexOf(']');
        var colon = header[(bracket + 1)..].IndexOf(':');
        var host = colon < 0 ? header : header[..(bracket + 1 + colon)];
        return host is [.. var absolute, '.'] ? absolute : host;
    }
}
