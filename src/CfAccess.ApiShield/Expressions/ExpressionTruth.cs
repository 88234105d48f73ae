namespace CfAccess.ApiShield.Expressions;

/// <summary>Whether an expression can come out both ways.</summary>
internal enum ExpressionTruth
{
    /// <summary>It can, as far as was looked.</summary>
    Open,

    /// <summary>It is true of every request: a rule with it never acts.</summary>
    AlwaysTrue,

    /// <summary>It is false of every request: a rule with it always acts.</summary>
    AlwaysFalse,
}
