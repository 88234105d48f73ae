namespace CfAccess.Shared.AccessToken;

/// <summary>What a request carries: nothing, one token, or more than one. No record: its text would be the token.</summary>
internal readonly struct TokenReading
{
    private TokenReading(string? token, TokenSource source, bool isAmbiguous)
    {
        Token = token;
        Source = source;
        IsAmbiguous = isAmbiguous;
    }

    public string? Token { get; }

    public TokenSource Source { get; }

    public bool IsAmbiguous { get; }

    public bool IsEmpty => Token is null && !IsAmbiguous;

    public static TokenReading Of(string? token, TokenSource source) =>
        string.IsNullOrEmpty(token) ? default : new(token, source, isAmbiguous: false);

    public static TokenReading Ambiguous(TokenSource source) => new(token: null, source, isAmbiguous: true);
}
