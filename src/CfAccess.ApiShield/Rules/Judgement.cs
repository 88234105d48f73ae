using CfAccess.ApiShield.Operations;

namespace CfAccess.ApiShield.Rules;

/// <summary>What was decided about a request, and by which operation and rule.</summary>
internal readonly record struct Judgement(ApiShieldOutcome Outcome, SavedOperation? Operation = null, RuleInForce? Rule = null);
