using System.Globalization;
using CfAccess.ApiShield.Expressions.Operands;

namespace CfAccess.ApiShield.Expressions.Syntax;

/// <summary>Reads fields, and the function that reads a claim.</summary>
internal sealed class OperandParser(LexemeReader reader)
{
    private const int MaximumDigits = 9;

    public Operand? Parse()
    {
        var name = reader.Current;
        switch (name.Value)
        {
            case Words.Method or Words.Host or Words.Path:
                reader.Advance();
                return new RequestField(name.Value);
            case Words.Headers or Words.Cookies:
                return ParseIndexed();
            case Words.Lookup:
                return ParseLookup();
            case Words.Claims:
                reader.Fail(name, $"Claims are read one by one: {Words.Lookup}({Words.Claims}[\"…\"][0], \"…\")");
                return null;
            default:
                reader.Fail(name, Problem(name.Value));
                return null;
        }
    }

    /// <summary>Reads a header or a cookie, or fails.</summary>
    public IndexedField? ParseIndexed()
    {
        var field = reader.Current;
        var isCookie = field.Is(Words.Cookies);
        if (!isCookie && !field.Is(Words.Headers))
        {
            reader.Fail(field, $"Expected {Words.Headers}[\"…\"][0] or {Words.Cookies}[\"…\"][0]");
            return null;
        }

        reader.Advance();
        var what = isCookie ? "the name of a cookie" : "the name of a header";
        if (!reader.Take("[", field.Value) || reader.TakeText(what) is not { } name)
        {
            return null;
        }

        if (name.Value.Length == 0)
        {
            reader.Fail(name, $"Expected {what}; this one is empty");
            return null;
        }

        reader.Refer(isCookie ? ExpressionReferenceKind.Cookie : ExpressionReferenceKind.Header, name);
        return reader.Take("]", "the name") && ParseIndex() is { } index ? new IndexedField(isCookie, name.Value, index) : null;
    }

    private ClaimField? ParseLookup()
    {
        reader.Advance();
        if (!reader.Take("(", Words.Lookup)
            || !reader.Take(Words.Claims, "lookup_json_string(")
            || !reader.Take("[", Words.Claims)
            || reader.TakeText("the id of a token configuration") is not { } id)
        {
            return null;
        }

        reader.Refer(ExpressionReferenceKind.Configuration, id);
        return reader.Take("]", "the id")
            && ParseIndex(maximum: 0) is not null
            && reader.Take(",", "the claims")
            && reader.TakeText("the name of a claim") is { } name
            && reader.Take(")", "the name")
            ? new ClaimField(id.Value.ToLowerInvariant(), name.Value)
            : null;
    }

    private int? ParseIndex(int maximum = int.MaxValue)
    {
        if (!reader.Take("[", "the name"))
        {
            return null;
        }

        var number = reader.Current;
        if (number.Kind != LexemeKind.Number || number.Value.Length > MaximumDigits || number.Value is ['0', _, ..])
        {
            reader.Fail(number, "Expected which value is meant, a plain number from 0 on");
            return null;
        }

        var index = int.Parse(number.Value, NumberStyles.None, CultureInfo.InvariantCulture);
        if (index > maximum)
        {
            reader.Fail(number, "A configuration has one token in a request. Write [0]");
            return null;
        }

        reader.Advance();
        return reader.Take("]", "the number") ? index : null;
    }

    private static string Problem(string name)
    {
        const int LongestShown = 40;
        var shown = name.Length <= LongestShown ? name : name[..LongestShown] + "…";
        return $"{shown} is no field and no function. There are {Words.IsValid}, {Words.IsPresent}, {Words.Lookup}, {Words.Method}, "
            + $"{Words.Host}, {Words.Path}, {Words.Headers} and {Words.Cookies}, all in lower case";
    }
}
