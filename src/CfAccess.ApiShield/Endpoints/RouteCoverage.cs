namespace CfAccess.ApiShield.Endpoints;

/// <summary>How requests of an operation can reach a route.</summary>
internal enum RouteCoverage
{
    /// <summary>The route has no literal in common with the operation, as the fallback of a single-page app.</summary>
    Fallback,

    /// <summary>
    /// The route matches requests of other operations too: one of its parameters covers a literal of the operation. Such an endpoint, for example
    /// a proxy, distinguishes operations by itself.
    /// </summary>
    Contains,

    /// <summary>The route is the operation's, however wide it is.</summary>
    Owns,
}
