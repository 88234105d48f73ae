namespace CfAccess.ApiShield.Tokens;

/// <summary>The token of a request: none, one, or several that differ. Not a record, because the text of a record would contain the token.</summary>
internal readonly struct LocatedToken
{
    private LocatedToken(string? token, bool isAmbiguous) => (Token, IsAmbiguous) = (token, isAmbiguous);

    public static LocatedToken Ambiguous { get; } = new(token: null, isAmbiguous: true);

    public string? Token { get; }

    public bool IsAmbiguous { get; }

    public bool IsEmpty => Token is null && !IsAmbiguous;

    /// <param name="token">The token. Null or an empty string if the request has none.</param>
    public static LocatedToken From(string? token) => new(string.IsNullOrEmpty(token) ? null : token, isAmbiguous: false);
}
