namespace CfAccess.ApiShield;

/// <summary>How a request finds the operation that it calls.</summary>
public enum ApiShieldMatching
{
    /// <summary>
    /// As ASP.NET Core routes: <c>PathBase</c> and <c>Path</c>, methods and literals without case, one trailing slash ignored, and <c>HEAD</c>
    /// as <c>GET</c> if no <c>HEAD</c> is saved. If a request can mean several operations, it must satisfy the rules of all of them. The same
    /// applies to a path that a server behind the application could read in another way, such as one with <c>%2F</c>, <c>//</c>, <c>;</c>, or a
    /// backslash. A request that matches no operation must satisfy the rules of the operations that its endpoint owns. The default.
    /// </summary>
    Origin,

    /// <summary>
    /// As Cloudflare's edge does it: methods and literals with case, a trailing slash is significant, and one operation applies: the one with more
    /// literals, or the leftmost literal. Expressions see the path with its escapes. This does not protect an application behind ASP.NET Core's
    /// routing, which takes <c>/API/Accounts/</c> for <c>/api/accounts</c>.
    /// </summary>
    Edge,
}
