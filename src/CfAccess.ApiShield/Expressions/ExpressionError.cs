namespace CfAccess.ApiShield.Expressions;

/// <summary>Why a text is no expression, and where.</summary>
/// <param name="Position">In characters from the start of the text; the first is 0.</param>
/// <param name="Message">What is wrong, and what to write instead.</param>
internal sealed record ExpressionError(int Position, string Message)
{
    public override string ToString() => string.Create(null, $"at position {Position}: {Message}");
}
