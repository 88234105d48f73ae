namespace CfAccess.ApiShield.Expressions.Syntax;

internal enum LexemeKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A name of a field or function, or an operator that is a word.</summary>
    Word,

    /// <summary>A bracket, a comma, or an operator that is none.</summary>
    Symbol,

    /// <summary>A string; the value is what it means.</summary>
    Text,

    /// <summary>Decimal digits.</summary>
    Number,

    /// <summary>What is none of these; the value says why.</summary>
    Invalid,
}

/// <summary>The smallest part of an expression that means something.</summary>
internal readonly record struct Lexeme(LexemeKind Kind, string Value, int Position)
{
    /// <summary>Whether it is a word or a symbol, and this one.</summary>
    public bool Is(string value) => Kind is LexemeKind.Word or LexemeKind.Symbol && Value == value;
}
