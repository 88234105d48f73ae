using System.Text.Json;

namespace CfAccess.Testing.Properties;

/// <summary>What a request carries: the assertion header, the <c>Cookie</c> header, or both.</summary>
/// <param name="Header">The assertion header, or nothing.</param>
/// <param name="Cookie">The whole <c>Cookie</c> header, or nothing.</param>
/// <param name="StartsFromGood">Whether a good token was changed to make this, or is in it.</param>
public sealed record Attempt(string? Header, string? Cookie, bool StartsFromGood)
{
    public override string ToString() => $"header {JsonSerializer.Serialize(Header)}, cookie {JsonSerializer.Serialize(Cookie)}";
}
