namespace CfAccess.ApiShield.Endpoints;

/// <summary>What a route has to do with an operation.</summary>
internal enum RouteCoverage
{
    /// <summary>It matches no request of the operation.</summary>
    None,

    /// <summary>
    /// It can match requests of the operation, and of others: a parameter of the route covers a literal of the operation. Such an endpoint tells
    /// operations apart by itself, as a proxy or the fallback of a single-page app does.
    /// </summary>
    Contains,

    /// <summary>The route is the operation's, however wide it is.</summary>
    Owns,
}
