namespace CfAccess.ApiShield.Expressions.Conditions;

/// <summary>How tightly an operator binds, the loosest first.</summary>
internal enum Precedence
{
    Or,
    Xor,
    And,
    Not,
}
