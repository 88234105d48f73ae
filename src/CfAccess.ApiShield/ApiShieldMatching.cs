namespace CfAccess.ApiShield;

/// <summary>How a request finds the operation that it calls.</summary>
public enum ApiShieldMatching
{
    /// <summary>
    /// As ASP.NET Core routes: <c>PathBase</c> and <c>Path</c>, methods and literals without case, one trailing slash ignored, and <c>HEAD</c>
    /// as <c>GET</c> where no <c>HEAD</c> is saved. Where several operations could be meant, the request has to satisfy the rules of all of
    /// them; the same goes for a path that a server behind the application could read in another way, such as one with <c>%2F</c>,
    /// <c>//</c> or a backslash in it. The default.
    /// </summary>
    Origin,

    /// <summary>
    /// As Cloudflare's edge does it: methods and literals with case, a trailing slash counts, and one operation is meant: the one with more
    /// literals, or the leftmost literal. An application behind ASP.NET Core's routing is not protected by this: it answers
    /// <c>/API/Accounts/</c> as well as <c>/api/accounts</c>.
    /// </summary>
    Edge,
}
