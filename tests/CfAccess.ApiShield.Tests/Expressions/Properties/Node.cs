using System.Text;
using System.Text.RegularExpressions;

namespace CfAccess.ApiShield.Tests.Expressions.Properties;

/// <summary>
/// An expression by itself, without a text: what it means is written down as slowly and plainly as can be, with none of the library's code.
/// </summary>
internal abstract record Node
{
    public abstract bool IsTrue(World world);
}

/// <summary>The texts of a request by the operand that reads them, and its tokens.</summary>
internal sealed record World(IReadOnlyDictionary<string, string> Texts, IReadOnlySet<string> Present, IReadOnlySet<string> Valid);

internal sealed record Not(Node Operand) : Node
{
    public override bool IsTrue(World world) => !Operand.IsTrue(world);
}

/// <summary>Always asks both sides.</summary>
internal sealed record Pair(string Operator, Node Left, Node Right) : Node
{
    public override bool IsTrue(World world)
    {
        var (left, right) = (Left.IsTrue(world), Right.IsTrue(world));
        return Operator switch
        {
            "and" => left & right,
            "or" => left | right,
            _ => left ^ right,
        };
    }
}

internal sealed record Token(string Function, string Id) : Node
{
    public override bool IsTrue(World world) => (Function == "is_jwt_valid" ? world.Valid : world.Present).Contains(Id);
}

internal sealed record Compare(string Operand, string Operator, string[] Literals) : Node
{
    public override bool IsTrue(World world) =>
        world.Texts.TryGetValue(Operand, out var text) ? Holds(text) : Operator == "ne";

    private bool Holds(string text)
    {
        var order = Bytes(text).SequenceCompareTo(Bytes(Literals[0]));
        return Operator switch
        {
            "eq" => order == 0,
            "ne" => order != 0,
            "lt" => order < 0,
            "le" => order <= 0,
            "gt" => order > 0,
            "ge" => order >= 0,
            "contains" => Enumerable.Range(0, text.Length + 1).Any(at => text[at..].StartsWith(Literals[0], StringComparison.Ordinal)),
            "in" => Array.Exists(Literals, literal => literal == text),
            "wildcard" => IsLike(Lower(text), Lower(Literals[0])),
            "strict wildcard" => IsLike(text, Literals[0]),
            _ => Regex.IsMatch(text, Literals[0], RegexOptions.CultureInvariant),
        };
    }

    private static bool IsLike(string text, string pattern) => pattern switch
    {
        "" => text.Length == 0,
        ['*', .. var rest] => Enumerable.Range(0, text.Length + 1).Any(at => IsLike(text[at..], rest)),
        ['\\', var character, .. var rest] => text.StartsWith(character) && IsLike(text[1..], rest),
        _ => text.StartsWith(pattern[0]) && IsLike(text[1..], pattern[1..]),
    };

    private static string Lower(string text) => string.Concat(text.Select(character => char.IsAsciiLetterUpper(character) ? (char)(character + 32) : character));

    private static ReadOnlySpan<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
