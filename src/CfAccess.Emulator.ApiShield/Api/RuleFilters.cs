using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Api;

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
        .. set.Rules.Where(rule => query.Matches(Id, rule.Id)
            && query.Matches(Action, rule.Action == ApiShieldAction.Block ? "block" : "log")
            && query.Matches(Enabled, rule.Enabled ? "true" : "false")
            && query.Matches(ShieldFilter.Host, rule.Selector.Include.SelectMany(include => include.Host))
            && query.Matches(Configuration, ConfigurationIds(set, rule))),
    ];

    private static IEnumerable<string> ConfigurationIds(ApiShieldRuleSet set, ApiShieldRule rule) =>
        set.Configurations.Select(one => one.Id).Where(id => set.GetRulesByConfiguration(id).Contains(rule));
}
