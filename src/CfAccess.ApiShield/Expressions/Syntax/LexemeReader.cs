namespace CfAccess.ApiShield.Expressions.Syntax;

/// <summary>A text on its way through the parser: the lexeme that is next, what was named so far, and the first error.</summary>
internal sealed class LexemeReader
{
    private readonly Lexer _lexer;
    private readonly List<ExpressionReference> _references = [];

    public LexemeReader(string text)
    {
        _lexer = new Lexer(text);
        Current = _lexer.Next();
    }

    public Lexeme Current { get; private set; }

    public ExpressionError? Error { get; private set; }

    public IReadOnlyList<ExpressionReference> References => _references;

    public bool TryTake(string value)
    {
        if (!Current.Is(value))
        {
            return false;
        }

        Advance();
        return true;
    }

    /// <summary>Takes one of two spellings.</summary>
    public bool TryTake(string word, string symbol) => TryTake(word) || TryTake(symbol);

    public bool Take(string value, string after)
    {
        var isThere = TryTake(value);
        if (!isThere)
        {
            Fail(Current, $"Expected {value} after {after}");
        }

        return isThere;
    }

    public Lexeme? TakeText(string what)
    {
        var taken = Current;
        if (taken.Kind != LexemeKind.Text)
        {
            Fail(taken, $"Expected {what} in double quotes");
            return null;
        }

        Advance();
        return taken;
    }

    public void Advance() => Current = _lexer.Next();

    public void Refer(ExpressionReferenceKind kind, Lexeme name) => _references.Add(new ExpressionReference(kind, name.Value, name.Position));

    /// <summary>Keeps an error, unless there is one. What cannot be read at all says so itself.</summary>
    public void Fail(Lexeme at, string message) => Error ??= at.Kind switch
    {
        LexemeKind.Invalid => new ExpressionError(at.Position, at.Value + "."),
        LexemeKind.End => new ExpressionError(at.Position, message + "; the text ends here."),
        _ => new ExpressionError(at.Position, message + "."),
    };
}
