using System.Buffers;

namespace CfAccess.ApiShield.Expressions.Syntax;

/// <summary>Takes a text apart. White space is space, carriage return and line feed.</summary>
internal sealed class Lexer(string text)
{
    private static readonly SearchValues<char> WordCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.");

    private static readonly string[] Symbols =
        ["&&", "||", "^^", "==", "!=", "<=", ">=", "(", ")", "[", "]", "{", "}", ",", "!", "<", ">", "~"];

    private int _at;

    public Lexeme Next()
    {
        _at += text.AsSpan(_at).IndexOfAnyExcept(" \r\n") is var blanks and >= 0 ? blanks : text.Length - _at;
        return text.AsSpan(_at) switch
        {
            [] => new Lexeme(LexemeKind.End, string.Empty, _at),
            ['"', ..] => StringLiteral.ReadQuoted(text, ref _at),
            ['r', '"' or '#', ..] => StringLiteral.ReadRaw(text, ref _at),
            [>= '0' and <= '9', ..] rest => Take(LexemeKind.Number, rest.IndexOfAnyExceptInRange('0', '9')),
            [var first, ..] rest when char.IsAsciiLetter(first) => Take(LexemeKind.Word, rest.IndexOfAnyExcept(WordCharacters)),
            _ => ReadSymbol(),
        };
    }

    private Lexeme Take(LexemeKind kind, int length)
    {
        var start = _at;
        _at += length < 0 ? text.Length - start : length;
        return new Lexeme(kind, text[start.._at], start);
    }

    private Lexeme ReadSymbol()
    {
        foreach (var symbol in Symbols)
        {
            if (text.AsSpan(_at).StartsWith(symbol, StringComparison.Ordinal))
            {
                _at += symbol.Length;
                return new Lexeme(LexemeKind.Symbol, symbol, _at - symbol.Length);
            }
        }

        return new Lexeme(LexemeKind.Invalid, Problem(text[_at]), _at);
    }

    private static string Problem(char character) => character switch
    {
        '\t' => "White space is space, carriage return and line feed. Write a space for the tab",
        '\'' => "Strings stand in double quotes",
        '=' or '&' or '|' or '^' => $"A single {character} is no operator. Write {character}{character}",
        _ => $"The character U+{(int)character:X4} means nothing here",
    };
}
