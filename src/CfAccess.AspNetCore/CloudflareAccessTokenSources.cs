namespace CfAccess.AspNetCore;

/// <summary>Where a request may carry its Cloudflare Access token.</summary>
public enum CloudflareAccessTokenSources
{
    /// <summary>
    /// The header <c>Cf-Access-Jwt-Assertion</c>, else the cookie <c>CF_Authorization</c>. Where the header is present it decides: a bad
    /// header is not mended by a good cookie.
    /// </summary>
    HeaderThenCookie = 0,

    /// <summary>Only the header <c>Cf-Access-Jwt-Assertion</c>.</summary>
    Header = 1,

    /// <summary>Only the cookie <c>CF_Authorization</c>.</summary>
    Cookie = 2,
}
