namespace CfAccess.Cli.Tokens;

/// <summary>A token as people copy it: out of an e-mail, with line breaks, behind <c>Bearer</c>.</summary>
internal sealed record PastedToken(string Text, IReadOnlyList<string> Notes)
{
    private const string Scheme = "Bearer";
    private static readonly string[] QuoteMarks = [">", ">>", "|"];

    /// <summary>Joins what was broken, and says so. What stands inside a piece stays as it is.</summary>
    /// <exception cref="CliException">There is no token in it, or more than one.</exception>
    public static PastedToken Of(string text)
    {
        var pieces = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Where(piece => !QuoteMarks.Contains(piece))
            .ToList();
        var notes = new List<string>();
        if (pieces is [var first, _, ..] && first.TrimEnd(':').Equals(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            pieces.RemoveAt(0);
            notes.Add("Bearer before the token was left out: it is no part of an Access token, and in a request it would be refused.");
        }

        if (pieces.Count == 0)
        {
            throw NoToken();
        }

        if (pieces.Count(IsWhole) > 1)
        {
            throw CliException.WrongUse("These are two tokens. Give one.");
        }

        if (pieces.Count > 1)
        {
            notes.Add($"The token was broken into {pieces.Count} pieces by line breaks or blanks, as by a copied e-mail; they were joined. In a request it would be refused.");
        }

        return new(string.Concat(pieces), notes);
    }

    public static CliException NoToken() => CliException.WrongUse(
        "There is no token. Give it on standard input, as --header 'Cf-Access-Jwt-Assertion: …', in CFACCESS_TOKEN, or as an argument.");

    private static bool IsWhole(string piece) => piece.Count(character => character == '.') >= 2 && piece.Length > 20;
}
