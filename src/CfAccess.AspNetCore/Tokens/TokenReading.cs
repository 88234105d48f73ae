namespace CfAccess.AspNetCore.Tokens;

/// <summary>What a request carries: nothing, one token, or more than one.</summary>
internal readonly record struct TokenReading(string? Token, TokenSource Source, bool IsAmbiguous)
{
    public bool IsEmpty => Token is null && !IsAmbiguous;

    public static TokenReading Of(string? token, TokenSource source) => string.IsNullOrEmpty(token) ? default : new(token, source, false);

    public static TokenReading Ambiguous(TokenSource source) => new(null, source, true);
}
