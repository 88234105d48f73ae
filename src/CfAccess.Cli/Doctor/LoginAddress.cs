using Microsoft.AspNetCore.WebUtilities;

namespace CfAccess.Cli.Doctor;

/// <summary>
/// Where Access sends who is not logged in: <c>https://&lt;team&gt;.cloudflareaccess.com/cdn-cgi/access/login/&lt;host&gt;?kid=&lt;AUD tag&gt;&amp;…</c>. The
/// rest of its query is nobody's business.
/// </summary>
internal static class LoginAddress
{
    private const string Path = "/cdn-cgi/access/login";

    public static bool IsLogin(Uri? location) =>
        location is not null && (location.AbsolutePath == Path || location.AbsolutePath.StartsWith(Path + "/", StringComparison.Ordinal));

    public static bool IsLoginOf(Uri? location, string issuer) => IsLogin(location) && OriginOf(location!) == issuer;

    public static string OriginOf(Uri location) => location.GetLeftPart(UriPartial.Authority);

    /// <summary>The AUD tag of the application that asks for the login; none where it names none or several.</summary>
    public static string? AudienceOf(Uri location) =>
        QueryHelpers.ParseQuery(location.Query).TryGetValue("kid", out var tags) && tags is [{ Length: > 0 } tag] ? tag : null;
}
