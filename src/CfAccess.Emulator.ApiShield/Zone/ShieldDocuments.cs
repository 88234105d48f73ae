using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;
using CfAccess.Emulator.ApiShield.Responses;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>
/// The three documents of the zone as JSON, with secrets. A call changes them, and CfAccess.ApiShield reads the result as a whole. Immutable. It is not
/// a record: its text would hold the secrets.
/// </summary>
internal sealed class ShieldDocuments(
    IReadOnlyList<JsonElement> configurations, IReadOnlyList<JsonElement> rules, IReadOnlyList<JsonElement> operations)
{
    private static readonly ShieldDocuments None = new([], [], []);

    public static ApiShieldRuleSet Empty { get; } = None.Load().Set!;

    public IReadOnlyList<JsonElement> Configurations => configurations;

    public IReadOnlyList<JsonElement> Rules => rules;

    public static ShieldDocuments From(ApiShieldRuleSet set) => new(
        Items(set, ApiShieldDocumentKind.Configurations), Items(set, ApiShieldDocumentKind.Rules), Items(set, ApiShieldDocumentKind.Operations));

    /// <summary>Reads one rule or one operation that needs nothing else of the zone.</summary>
    public static (ApiShieldRuleSet? Set, IReadOnlyList<ApiShieldProblem> Problems) LoadAlone(JsonElement? rule = null, JsonElement? operation = null) =>
        new ShieldDocuments([], rule is { } one ? [one] : [], operation is { } other ? [other] : []).Load();

    public ShieldDocuments WithConfigurations(IReadOnlyList<JsonElement> changed) => new(changed, rules, operations);

    public ShieldDocuments WithRules(IReadOnlyList<JsonElement> changed) => new(configurations, changed, operations);

    public ShieldDocuments WithOperations(IEnumerable<ApiShieldOperation> changed) => new(
        configurations, rules, [.. changed.Select(one => JsonSerializer.SerializeToElement(one, ShieldJson.Default.ApiShieldOperation))]);

    /// <returns>The rule set, unless there are errors; and everything that is wrong.</returns>
    public (ApiShieldRuleSet? Set, IReadOnlyList<ApiShieldProblem> Problems) Load()
    {
        // The empty selectors are checked below: CfAccess.ApiShield would name a setting that the emulator does not have.
        var options = new ApiShieldOptions
        {
            Configurations = Source(configurations),
            Rules = Source(rules),
            Operations = Source(operations),
            Matching = ApiShieldMatching.Edge,
            AllowEmptySelectors = true,
        };
        return ApiShieldRuleSet.TryLoad(options, out var set, out var problems) && EmptySelectors(set).ToList() is { Count: > 0 } empty
            ? (null, [.. problems, .. empty])
            : (set, problems);
    }

    private static IEnumerable<ApiShieldProblem> EmptySelectors(ApiShieldRuleSet set) => set.Rules.Index()
        .Where(rule => rule.Item.Enabled && rule.Item.Selector.Include.All(include => include.Host.Count == 0))
        .Select(rule => new ApiShieldProblem(
            ApiShieldDocumentKind.Rules,
            JsonPointer.Member(JsonPointer.Item(string.Empty, rule.Index), "selector"),
            ApiShieldSeverity.Error,
            "includes no host, so this rule would protect nothing. Write { \"include\": [ { \"host\": [ \"api.example.com\" ] } ] }, or \"enabled\": false."));

    private static IReadOnlyList<JsonElement> Items(ApiShieldRuleSet set, ApiShieldDocumentKind document) =>
        [.. BodyJson.Write(writer => set.WriteDocumentWithSecrets(writer, document)).EnumerateArray()];

    private static ApiShieldDocumentSource Source(IReadOnlyList<JsonElement> items) =>
        ApiShieldDocumentSource.FromJson($"[{string.Join(',', items.Select(item => item.GetRawText()))}]");
}
