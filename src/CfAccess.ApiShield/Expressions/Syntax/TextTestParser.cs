using CfAccess.ApiShield.Expressions.Operands;
using CfAccess.ApiShield.Expressions.TextTests;

namespace CfAccess.ApiShield.Expressions.Syntax;

/// <summary>Reads a comparison operator and what it compares with.</summary>
internal sealed class TextTestParser(LexemeReader reader)
{
    public TextTest? Parse(Operand left)
    {
        var at = reader.Current;
        if (at.Kind is LexemeKind.Word or LexemeKind.Symbol && Words.OrderOf(at.Value) is { } order)
        {
            reader.Advance();
            return reader.TakeText("a text to compare with") is { } literal ? new OrderTest(order, literal.Value) : null;
        }

        if (reader.TryTake(Words.Contains))
        {
            return reader.TakeText("the text to contain") is { } part ? new ContainsTest(part.Value) : null;
        }

        if (reader.TryTake(Words.In))
        {
            return ParseSet();
        }

        if (reader.TryTake(Words.Strict))
        {
            return reader.Take(Words.Wildcard, Words.Strict) ? ParseWildcard(isStrict: true) : null;
        }

        if (reader.TryTake(Words.Wildcard))
        {
            return ParseWildcard(isStrict: false);
        }

        if (reader.TryTake(Words.Matches, "~"))
        {
            return reader.TakeText("a regular expression") is { } pattern ? Checked(pattern, PatternTest.Create(pattern.Value)) : null;
        }

        reader.Fail(at, $"Expected what to compare {Name(left)} with, such as eq \"…\": a text alone is neither true nor false");
        return null;
    }

    private static string Name(Operand left) => left switch
    {
        RequestField => left.ToString(),
        IndexedField { IsCookie: true } => "the cookie",
        IndexedField => "the header",
        _ => "the claim",
    };

    private WildcardTest? ParseWildcard(bool isStrict) =>
        reader.TakeText("a pattern") is { } pattern ? Checked(pattern, WildcardTest.Create(isStrict, pattern.Value)) : null;

    private SetTest? ParseSet()
    {
        var literals = new List<string>();
        if (!reader.Take("{", Words.In))
        {
            return null;
        }

        while (literals.Count == 0 || !reader.TryTake("}"))
        {
            if (reader.TakeText(literals.Count == 0 ? "a text" : "a text, or }, since a set has only spaces between its texts:") is not { } literal)
            {
                return null;
            }

            literals.Add(literal.Value);
        }

        return new SetTest(literals);
    }

    private T? Checked<T>(Lexeme pattern, (T? Test, string? Problem) created)
        where T : TextTest
    {
        if (created.Problem is not null)
        {
            reader.Fail(pattern, created.Problem);
        }

        return created.Test;
    }
}
