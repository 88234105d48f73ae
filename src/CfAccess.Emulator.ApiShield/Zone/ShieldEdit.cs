using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;
using CfAccess.Emulator.ApiShield.Responses;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>What a call makes of the rule set.</summary>
/// <param name="Set">The set to be; null for no change.</param>
/// <param name="Answer">What the caller is told if that could be saved.</param>
internal readonly record struct ShieldEdit(ApiShieldRuleSet? Set, ShieldAnswer Answer)
{
    public static ShieldEdit Refuse(BodyProblems problems) => new(null, ShieldAnswer.Refuse(problems));

    public static ShieldEdit Refuse(ShieldAnswer answer) => new(null, answer);

    /// <summary>A change that has no body which could be wrong.</summary>
    public static ShieldEdit Save(ShieldDocuments documents, ShieldAnswer answer)
    {
        var (set, problems) = documents.Load();
        return set is null ? throw new InvalidOperationException(string.Join(' ', problems)) : new(set, answer);
    }
}
