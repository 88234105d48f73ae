using System.Buffers;

namespace CfAccess.Testing.Leaks;

/// <summary>
/// By what a secret, or what a client chose, is recognised wherever it is told: a token by its shape, an e-mail address likewise, the rest
/// by marks that the tests' own values carry.
/// </summary>
public static class Sentinels
{
    /// <summary>How the <c>kid</c> of every key of the tests begins.</summary>
    public const string Kid = "5ec2e75ec2e7";

    /// <summary>A word that each secret of the tests holds.</summary>
    public const string Secret = "sentinel";

    private const string TokenStart = "eyJ";
    private const int ShortestToken = 12;

    private static readonly SearchValues<string> Marks = SearchValues.Create(
        [TokenStart, Kid, Secret, TestTeam.Subject, TestTeam.Nonce, TestTeam.ClientId], StringComparison.Ordinal);

    private static readonly SearchValues<char> Base64Url =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <returns>What of a secret the text holds; nothing where it holds none.</returns>
    public static string? Find(ReadOnlySpan<char> text, Excuse excuse = Excuse.None) => FindMark(text, excuse) ?? FindEmail(text);

    private static string? FindMark(ReadOnlySpan<char> text, Excuse excuse)
    {
        while (text.IndexOfAny(Marks) is >= 0 and var at)
        {
            text = text[at..];
            var mark = text switch
            {
                _ when text.StartsWith(TokenStart) => Length(text) >= ShortestToken ? "a token" : null,
                _ when text.StartsWith(Kid) => excuse.HasFlag(Excuse.Kid) ? null : "a kid",
                _ when text.StartsWith(TestTeam.ClientId) => excuse.HasFlag(Excuse.ClientId) ? null : "a Client ID",
                _ when text.StartsWith(Secret) => "a secret",
                _ => "a claim's value",
            };
            if (mark is not null)
            {
                return mark;
            }

            text = text[1..];
        }

        return null;
    }

    private static int Length(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Base64Url) is >= 0 and var end ? end : text.Length;

    private static string? FindEmail(ReadOnlySpan<char> text)
    {
        while (text.IndexOf('@') is >= 0 and var at)
        {
            var domain = text[(at + 1)..];
            if (at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]) && domain[..Length(domain)] is { Length: > 0 } name
                && domain[name.Length..] is ['.', >= 'A', ..])
            {
                return "an e-mail address";
            }

            text = domain;
        }

        return null;
    }
}
