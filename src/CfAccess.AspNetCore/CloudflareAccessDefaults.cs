namespace CfAccess.AspNetCore;

/// <summary>The names and values that the Cloudflare Access scheme uses unless told otherwise.</summary>
public static class CloudflareAccessDefaults
{
    /// <summary>The name of the authentication scheme: <c>CloudflareAccess</c>.</summary>
    public const string AuthenticationScheme = "CloudflareAccess";

    /// <summary>
    /// The request header in which Cloudflare Access sends the application token.
    /// Source: Cloudflare One documentation, "Validate JWTs".
    /// </summary>
    public const string AssertionHeader = "Cf-Access-Jwt-Assertion";

    /// <summary>
    /// The cookie in which browsers send the application token; its name is case-sensitive.
    /// Source: Cloudflare One documentation, "Authorization cookie".
    /// </summary>
    public const string AuthorizationCookie = "CF_Authorization";

    /// <summary>
    /// The path of the key set on the team domain.
    /// Source: Cloudflare One documentation, "Validate JWTs", Access signing keys.
    /// </summary>
    public const string KeySetPath = "/cdn-cgi/access/certs";

    /// <summary>
    /// The path on the team domain that tells who is behind a token.
    /// Source: Cloudflare One documentation, "Application token", User identity.
    /// </summary>
    public const string IdentityPath = "/cdn-cgi/access/get-identity";

    /// <summary>
    /// The path, on every host that Access protects and on the team domain, that ends the caller's session. <c>SignOutAsync</c> redirects
    /// there. Source: Cloudflare One documentation, "Session management", Log out as a user.
    /// </summary>
    public const string LogoutPath = "/cdn-cgi/access/logout";

    /// <summary>
    /// The name of the <see cref="System.Net.Http.IHttpClientFactory"/> client that fetches signing keys. It follows no redirects, keeps no cookies, sends
    /// <c>User-Agent: CfAccess/&lt;version&gt;</c>, and uses its <c>DefaultRequestVersion</c>. Defaults that an application gives to all of its clients (such as
    /// retries) apply to it too.
    /// </summary>
    public const string KeysHttpClient = "CloudflareAccess.Keys";

    /// <summary>
    /// The name of the <see cref="System.Net.Http.IHttpClientFactory"/> client that asks for identities. It follows no redirects and keeps
    /// no cookies: a cookie of one answer would be another person's in the next request. Defaults that an application gives to all of its
    /// clients apply to it too, and see the token. It has no log of the framework's, which would hand the token to structured logs.
    /// </summary>
    public const string IdentityHttpClient = "CloudflareAccess.Identity";

    /// <summary>The name of the meter and of the activity source: <c>CfAccess</c>.</summary>
    public const string DiagnosticsName = "CfAccess";

    /// <summary>The name under which <see cref="CloudflareAccessOptions.SaveToken"/> keeps the token: <c>access_token</c>.</summary>
    public const string TokenName = "access_token";

    /// <summary>The section of configuration that <see cref="CloudflareAccessExternalEvaluationOptions"/> are read from.</summary>
    public const string ExternalEvaluationSection = "CloudflareAccess:ExternalEvaluation";
}
