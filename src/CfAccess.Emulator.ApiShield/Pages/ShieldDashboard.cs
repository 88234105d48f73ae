using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Evaluating;
using CfAccess.Emulator.ApiShield.Zone;
using CfAccess.Emulator.Pages;
using static CfAccess.Emulator.Pages.PageFrame;

namespace CfAccess.Emulator.ApiShield.Pages;

/// <summary>What the dashboard shows of API Shield: the token configurations, the rules in their order, and what they last decided.</summary>
internal static class ShieldDashboard
{
    public static string Rules(ShieldStore store)
    {
        var set = store.Current;
        return $"""
            {List(set.Configurations.Select(Configuration), "No token configurations yet. Make one with POST …/token_validation/config.")}
            <hr>
            {List(set.Rules.Select((rule, index) => Rule(rule, index + 1)), "No rules yet. Make one with POST …/token_validation/rules.")}
            <p>Operations that are saved: {set.Operations.Count}{Hosts(set)}.</p>
            """;
    }

    public static string Verdicts(ShieldStore store) => store.Verdicts.Last is { Count: > 0 } entries
        ? $"""<ul class="requests">{string.Join('\n', entries.Select(Verdict))}</ul>"""
        : "<p>None since the start.</p>";

    private static string Hosts(ApiShieldRuleSet set) =>
        set.Operations.Count == 0
            ? string.Empty
            : ", of " + Text(string.Join(", ", set.Operations.Select(one => one.Host).Distinct(StringComparer.Ordinal)));

    private static string Configuration(ApiShieldTokenConfiguration one) => $"""
        <li><strong>{Text(one.Title)}</strong>
        <p><code>{one.Id}</code></p>
        <p>{Text(string.Join(", ", one.Credentials.Keys.Select(key => $"{key.Algorithm} {key.KeyId}")))}</p>
        <p>in {string.Join(", ", one.TokenSources.Select(source => $"<code>{Text(source)}</code>"))}</p></li>
        """;

    private static string Rule(ApiShieldRule one, int place) => $"""
        <li><strong>{place}. {Text(one.Title)}</strong>
        <p>{(one.Enabled ? $"""<span class="good">{Action(one)} what does not satisfy</span>""" : """<span class="bad">disabled</span>""")}
        <code>{Text(one.Expression)}</code></p>
        <p><code>{one.Id}</code></p></li>
        """;

    private static string Action(ApiShieldRule rule) => rule.Action == ApiShieldAction.Block ? "blocks" : "logs";

    private static string Verdict(VerdictEntry entry) => $"""
        <li><time datetime="{entry.Time:O}">{Ages.Clock(entry.Time)}</time>
        <strong class="{(entry.Verdict == Evaluating.Verdicts.Allow ? "good" : "bad")}">{entry.Verdict}</strong>
        <span>{Text(entry.Operation ?? "no operation")}</span>
        <p>{(entry.IsAsked ? "Asked by evaluate: " : string.Empty)}{entry.Outcome}{ByRule(entry.Rule)}.
        Tokens: {Text(entry.Tokens)}.</p></li>
        """;

    private static string ByRule(string? title) => title is null ? string.Empty : $", by the rule <em>{Text(title)}</em>";

    private static string List(IEnumerable<string> items, string otherwise)
    {
        var all = string.Join('\n', items);
        return all.Length > 0 ? $"<ul>\n{all}\n</ul>" : $"<p>{otherwise}</p>";
    }
}
