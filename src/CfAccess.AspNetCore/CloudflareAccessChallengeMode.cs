namespace CfAccess.AspNetCore;

/// <summary>What a request without any token is answered.</summary>
public enum CloudflareAccessChallengeMode
{
    /// <summary>
    /// 401. Behind Access a missing token means a <em>Bypass</em> policy, a wrong setting or a way around Access, none of which a login
    /// mends.
    /// </summary>
    Unauthorized = 0,

    /// <summary>
    /// 302 to the team's login for a browser that opens a page: a GET with <c>Sec-Fetch-Mode: navigate</c> and no token at all, at most
    /// once in 30 seconds. Everything else is answered 401.
    /// </summary>
    RedirectNavigations = 1,
}
