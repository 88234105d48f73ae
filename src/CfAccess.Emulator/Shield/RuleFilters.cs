using CfAccess.ApiShield;

namespace CfAccess.Emulator.Shield;

/// <summary>
/// The filters of a list of rules. A rule has to match all of them. Source: https://developers.cloudflare.com/api/resources/token_validation/.
/// </summary>
internal static class RuleFilters
{
    private const string Id = "id";
    private const string Action = "action";
    private const string Enabled = "enabled";
    private const string Configuration = "token_configuration";

    public static readonly IReadOnlyList<ShieldFilter> All =
    [
        ShieldFilter.Id(Id),
        ShieldFilter.Id("rule_id") with { Key = Id },
        ShieldFilter.Words(Action, "log", "block"),
        ShieldFilter.Words(Enabled, "true", "false"),
        .. ShieldFilter.Hosts(),
        ShieldFilter.Id(Configuration),
    ];

    public static IReadOnlyList<ApiShieldRule> Select(ApiShieldRuleSet set, ShieldQuery query) =>
    [
        .. set.RulesInForce
            .Where(rule => query.Matches(Id, rule.Document.Id)
                && query.Matches(Action, rule.IsBlock ? "block" : "log")
                && query.Matches(Enabled, rule.Document.Enabled ? "true" : "false")
                && query.Matches(ShieldFilter.Host, rule.States.Hosts)
                && query.Matches(Configuration, rule.ConfigurationIds()))
            .Select(rule => rule.Document),
    ];
}
