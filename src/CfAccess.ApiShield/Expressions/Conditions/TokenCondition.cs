using System.Text;
using CfAccess.ApiShield.Expressions.Syntax;

namespace CfAccess.ApiShield.Expressions.Conditions;

/// <summary><c>is_jwt_valid("…")</c> and <c>is_jwt_present("…")</c>.</summary>
internal sealed class TokenCondition(bool isValidity, string configurationId) : Condition
{
    /// <summary>Whether it asks for a valid token, not only for one.</summary>
    public bool IsValidity => isValidity;

    public string ConfigurationId => configurationId;

    public override bool Evaluate(ExpressionFacts facts) =>
        isValidity ? facts.IsTokenValid(configurationId) : facts.IsTokenPresent(configurationId);

    public override void Write(StringBuilder text, Precedence around) =>
        text.Append(isValidity ? Words.IsValid : Words.IsPresent).Append('(').AppendLiteral(configurationId).Append(')');
}
