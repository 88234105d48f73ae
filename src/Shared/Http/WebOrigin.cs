namespace CfAccess.Shared.Http;

/// <summary>The origin of an address: scheme, host, and port. Source: RFC 6454, section 6.2.</summary>
internal static class WebOrigin
{
    /// <returns>For example <c>https://app.example.com</c>. A default port is left out.</returns>
    public static string From(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
