using System.Globalization;
using System.Text;

namespace CfAccess.ApiShield.Tests.Expressions.Properties;

/// <summary>Writes an expression in one of its many spellings: words or signs, quoted or raw strings, more or less white space and parentheses.</summary>
internal sealed class Speller(int seed)
{
    private static readonly Dictionary<string, string> Signs = new()
    {
        ["and"] = "&&",
        ["or"] = "||",
        ["xor"] = "^^",
        ["not"] = "!",
        ["eq"] = "==",
        ["ne"] = "!=",
        ["lt"] = "<",
        ["le"] = "<=",
        ["gt"] = ">",
        ["ge"] = ">=",
        ["matches"] = "~",
    };

    private static readonly string[] Blanks = [" ", "  ", "\n", "\r\n ", " "];

    private readonly Random _random = new(seed);

    public string Spell(Node node) => node switch
    {
        Not not => Sign("not") + Blank + Within(not.Operand, "not"),
        Pair pair => Within(pair.Left, pair.Operator) + Blank + Sign(pair.Operator) + Blank + Within(pair.Right, pair.Operator),
        Token token => $"{token.Function}{Maybe}({Maybe}{Literal(token.Id)}{Maybe})",
        Compare { Operator: "in" } set => $"{set.Operand}{Blank}in{Maybe}{{{Maybe}{string.Join(Blank, set.Literals.Select(Literal))}{Maybe}}}",
        Compare { Operator: "strict wildcard" } compare => $"{compare.Operand}{Blank}strict{Blank}wildcard{Blank}{Literal(compare.Literals[0])}",
        Compare compare => $"{compare.Operand}{Blank}{Sign(compare.Operator)}{Blank}{Literal(compare.Literals[0])}",
        _ => throw new ArgumentException(null, nameof(node)),
    };

    private string Blank => Blanks[_random.Next(Blanks.Length)];

    private string Maybe => _random.Next(3) == 0 ? Blank : string.Empty;

    /// <summary>Parentheses where the order of operators needs them, and sometimes where it does not.</summary>
    private string Within(Node node, string around)
    {
        var needsThem = node is Pair pair && (around == "not" || Tightness(pair.Operator) < Tightness(around));
        return needsThem || _random.Next(4) == 0 ? $"({Maybe}{Spell(node)}{Maybe})" : Spell(node);
    }

    private static int Tightness(string sign) => Array.IndexOf(["or", "xor", "and", "not"], sign);

    private string Sign(string word) => Signs.TryGetValue(word, out var sign) && _random.Next(2) == 0 ? sign : word;

    private string Literal(string text)
    {
        if (_random.Next(2) == 0 && !text.Contains("\"##", StringComparison.Ordinal))
        {
            return text.Contains('"', StringComparison.Ordinal) ? $"r##\"{text}\"##" : $"r\"{text}\"";
        }

        var quoted = new StringBuilder("\"");
        foreach (var rune in text.EnumerateRunes())
        {
            var bytes = Encoding.UTF8.GetBytes(rune.ToString());
            _ = (_random.Next(4), rune.Value is '"' or '\\') switch
            {
                (0, _) => quoted.AppendJoin(string.Empty, bytes.Select(value => $"\\x{value:x2}")),
                (1, _) => quoted.AppendJoin(string.Empty, bytes.Select(value => "\\" + Convert.ToString(value, 8).PadLeft(3, '0'))),
                (_, true) => quoted.Append(CultureInfo.InvariantCulture, $"\\{rune}"),
                _ => quoted.Append(CultureInfo.InvariantCulture, $"{rune}"),
            };
        }

        return quoted.Append('"').ToString();
    }
}
