namespace CfAccess.ApiShield.Expressions;

/// <summary>
/// What an expression may ask about a request. Nothing is asked before the answer matters, and nothing twice that an operand before it
/// has settled: so a token behind a false <c>and</c> is never verified.
/// </summary>
internal abstract class ExpressionFacts
{
    /// <summary><c>http.request.method</c>.</summary>
    public abstract ReadOnlySpan<char> Method { get; }

    /// <summary><c>http.host</c>.</summary>
    public abstract ReadOnlySpan<char> Host { get; }

    /// <summary><c>http.request.uri.path</c>, without the query.</summary>
    public abstract ReadOnlySpan<char> Path { get; }

    /// <summary>Whether the request has a token at a source of the configuration. An id of no configuration has none.</summary>
    public abstract bool IsTokenPresent(string configurationId);

    /// <summary>Whether that token is valid.</summary>
    public abstract bool IsTokenValid(string configurationId);

    /// <param name="name">The header's name, which has no case.</param>
    /// <param name="index">Which of the headers of that name, in their order; the first is 0.</param>
    /// <param name="value">The value.</param>
    /// <returns>Whether there are so many.</returns>
    public abstract bool TryGetHeader(string name, int index, out ReadOnlySpan<char> value);

    /// <param name="name">The cookie's name, URL-decoded; its case counts.</param>
    /// <param name="index">Which of the cookies of that name, in their order; the first is 0.</param>
    /// <param name="value">The value, as it was sent.</param>
    /// <returns>Whether there are so many.</returns>
    public abstract bool TryGetCookie(string name, int index, out ReadOnlySpan<char> value);

    /// <param name="configurationId">The configuration whose token is meant.</param>
    /// <param name="name">A claim at the top of its payload.</param>
    /// <param name="value">The claim's text.</param>
    /// <returns>Whether the token is valid, and has such a claim, and it is a string.</returns>
    public abstract bool TryGetClaim(string configurationId, string name, out ReadOnlySpan<char> value);
}
