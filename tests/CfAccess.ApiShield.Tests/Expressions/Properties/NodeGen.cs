using FsCheck;
using FsCheck.Fluent;

namespace CfAccess.ApiShield.Tests.Expressions.Properties;

/// <summary>Generates expressions, and requests whose texts are near to theirs.</summary>
internal static class NodeGen
{
    public static readonly string[] Ids = ["a", "b-1", "51231d16-01f1-48e3-93f8-91c99e81288e"];

    /// <summary>Each operand with its spelling.</summary>
    public static readonly string[] Operands =
    [
        "http.request.method", "http.host", "http.request.uri.path", "http.request.headers[\"x-a\"][0]", "http.request.headers[\"x-a\"][1]",
        "http.request.cookies[\"c\"][0]", "http.request.cookies[\"C\"][2]", "lookup_json_string(http.request.jwt.claims[\"a\"][0], \"role\")",
    ];

    private static readonly string[] Orders = ["eq", "ne", "lt", "le", "gt", "ge", "contains"];

    private static readonly string[] Patterns = ["^a", "b{2,3}", "(a|B)+c?", "[^a-c]", "x.y", "(?i)ab", @"\d\.\*", ""];

    /// <summary>Few letters, so that texts are often alike.</summary>
    private static readonly Gen<string> Text =
        from length in Gen.Choose(0, 5)
        from pieces in Gen.Frequency(
            (6, Gen.Elements("a", "b", "A", "B")),
            (2, Gen.Elements("*", "\\", "\"", ".", "/", "1", " ", "#")),
            (1, Gen.Elements("é", "\uE000", "😀", "\uFFFD", "\n", "\x7F", "\0"))).ArrayOf(length)
        select string.Concat(pieces);

    private static readonly Gen<string> Wildcard =
        from pieces in Gen.Elements("a", "b", "A", ".", @"\*", @"\\", "*a", "*b", "é").ArrayOf()
        from end in Gen.Elements("", "*")
        select string.Concat(pieces.Take(6)) + end;

    private static readonly Gen<Node> Comparison =
        from operand in Gen.Elements(Operands)
        from node in Gen.OneOf(
            from sign in Gen.Elements(Orders) from text in Text select new Compare(operand, sign, [text]),
            from texts in Text.NonEmptyListOf() select new Compare(operand, "in", [.. texts]),
            from sign in Gen.Elements("wildcard", "strict wildcard") from pattern in Wildcard select new Compare(operand, sign, [pattern]),
            from pattern in Gen.Elements(Patterns) select new Compare(operand, "matches", [pattern]))
        select (Node)node;

    private static readonly Gen<Node> Leaf = Gen.OneOf(
        Comparison,
        from function in Gen.Elements("is_jwt_valid", "is_jwt_present") from id in Gen.Elements(Ids) select (Node)new Token(function, id));

    public static Gen<Node> Nodes { get; } = Gen.Sized(size => OfDepth(Math.Min(size / 10, 6)));

    public static Gen<World> Worlds { get; } =
        from texts in Text.ArrayOf(Operands.Length)
        from isThere in Gen.Elements(true, true, false).ArrayOf(Operands.Length)
        from present in Gen.SubListOf(Ids)
        from valid in Gen.SubListOf(Ids)
        select new World(
            Enumerable.Range(0, Operands.Length).Where(i => isThere[i] || i < 3).ToDictionary(i => Operands[i], i => texts[i]),
            present.ToHashSet(),
            valid.ToHashSet());

    private static Gen<Node> OfDepth(int depth) => depth == 0
        ? Leaf
        : Gen.Frequency(
            (1, Leaf),
            (1, OfDepth(depth - 1).Select(operand => (Node)new Not(operand))),
            (3, from sign in Gen.Elements("and", "or", "xor")
                from left in OfDepth(depth - 1)
                from right in OfDepth(depth - 1)
                select (Node)new Pair(sign, left, right)));
}
