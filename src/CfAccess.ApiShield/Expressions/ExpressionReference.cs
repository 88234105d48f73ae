namespace CfAccess.ApiShield.Expressions;

/// <summary>What an expression names by a text of its own.</summary>
internal enum ExpressionReferenceKind
{
    /// <summary>A token configuration, by its id.</summary>
    Configuration,

    /// <summary>A request header.</summary>
    Header,

    /// <summary>A cookie.</summary>
    Cookie,
}

/// <summary>A name in an expression, so that it can be held against what there is.</summary>
/// <param name="Kind">What it names.</param>
/// <param name="Name">The name, its escapes undone.</param>
/// <param name="Position">Where its string starts, in characters from the start of the text; the first is 0.</param>
internal readonly record struct ExpressionReference(ExpressionReferenceKind Kind, string Name, int Position);
