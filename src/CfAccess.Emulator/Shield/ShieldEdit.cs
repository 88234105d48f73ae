using CfAccess.ApiShield;
using CfAccess.ApiShield.Documents;

namespace CfAccess.Emulator.Shield;

/// <summary>What a call makes of the rule set.</summary>
/// <param name="Set">The set to be; null for no change.</param>
/// <param name="Answer">What the caller is told if that could be saved.</param>
internal readonly record struct ShieldEdit(ApiShieldRuleSet? Set, ShieldAnswer Answer)
{
    public static ShieldEdit Refuse(ProblemList problems) => new(null, ShieldAnswer.Refuse(problems));

    public static ShieldEdit Refuse(ShieldAnswer answer) => new(null, answer);
}
