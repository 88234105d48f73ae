using System.Collections.Frozen;
using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Endpoints;
using CfAccess.ApiShield.Operations;
using CfAccess.ApiShield.Rules;

namespace CfAccess.ApiShield;

/// <summary>
/// Token configurations, rules and operations that were read together and found right. Immutable: a change of a document makes another set,
/// and a request is judged by one set from beginning to end.
/// </summary>
public sealed class ApiShieldRuleSet
{
    private readonly RuleInForce?[] _ruleOf;
    private readonly FrozenDictionary<string, int> _configurations;

    internal ApiShieldRuleSet(
        ApiShieldMatching matching,
        IReadOnlyList<ConfigurationInForce> configurations,
        IReadOnlyList<RuleInForce> rules,
        IReadOnlyList<SavedOperation> operations,
        IReadOnlyList<ApiShieldProblem> warnings)
    {
        ConfigurationsInForce = configurations;
        RulesInForce = rules;
        SavedOperations = operations;
        Configurations = [.. configurations.Select(configuration => configuration.Document)];
        Rules = [.. rules.Select(rule => rule.Document)];
        Operations = [.. operations.Select(operation => operation.Document)];
        Warnings = warnings;
        Index = new OperationIndex(matching, operations);
        Endpoints = new EndpointOperations(Index);
        _configurations = configurations.Index().ToFrozenDictionary(one => one.Item.Document.Id, one => one.Index, StringComparer.OrdinalIgnoreCase);
        _ruleOf = RuleAssignment.Of(operations, rules);
    }

    /// <summary>The token configurations, without secrets.</summary>
    public IReadOnlyList<ApiShieldTokenConfiguration> Configurations { get; }

    /// <summary>The rules, the first having precedence.</summary>
    public IReadOnlyList<ApiShieldRule> Rules { get; }

    /// <summary>The operations, with host and endpoint as they are compared.</summary>
    public IReadOnlyList<ApiShieldOperation> Operations { get; }

    /// <summary>What was dropped from the documents or completed in them.</summary>
    public IReadOnlyList<ApiShieldProblem> Warnings { get; }

    internal IReadOnlyList<ConfigurationInForce> ConfigurationsInForce { get; }

    internal IReadOnlyList<RuleInForce> RulesInForce { get; }

    internal IReadOnlyList<SavedOperation> SavedOperations { get; }

    internal OperationIndex Index { get; }

    internal EndpointOperations Endpoints { get; }

    /// <summary>Reads the documents that options name. Relative paths are below the working folder.</summary>
    /// <param name="options">The documents, and how they are read.</param>
    /// <returns>The rule set.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="ApiShieldDocumentException">A document is missing, cannot be read or is wrong; it tells all that is.</exception>
    public static ApiShieldRuleSet Load(ApiShieldOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (set, problems) = RuleSetReader.Read(options, Directory.GetCurrentDirectory(), TimeProvider.System);
        return set ?? throw new ApiShieldDocumentException(problems);
    }

    /// <summary>Says what a selector does with each operation.</summary>
    /// <param name="selector">The selector of a rule, or one that is to become one.</param>
    /// <returns>All operations in their order, with their states.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="selector"/> is null.</exception>
    public IReadOnlyList<ApiShieldOperationPreview> Preview(ApiShieldSelector selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        var states = new SelectorStates(selector);
        return [.. Operations.Select(operation => new ApiShieldOperationPreview(operation, states.Of(operation)))];
    }

    /// <summary>The one rule that an operation is under.</summary>
    /// <param name="operationId">The operation's UUID.</param>
    /// <returns>The first enabled rule that covers it; null if none does, or if there is no such operation.</returns>
    public ApiShieldRule? GetRule(string operationId) =>
        SavedOperations.FirstOrDefault(operation => operation.Document.OperationId.Equals(operationId, StringComparison.OrdinalIgnoreCase))
            is { } found ? RuleOf(found)?.Document : null;

    /// <summary>The same rules, enforced as options and a clock have it.</summary>
    internal ApiShieldRuleSet For(ApiShieldOptions options, TimeProvider clock) => new(
        options.Matching,
        [.. ConfigurationsInForce.Select(configuration => configuration.For(options, clock))],
        RulesInForce,
        SavedOperations,
        Warnings);

    /// <returns>The place of a token configuration; -1 if it does not exist.</returns>
    internal int IndexOfConfiguration(string id) => _configurations.TryGetValue(id, out var index) ? index : -1;

    internal RuleInForce? RuleOf(SavedOperation operation) => _ruleOf[operation.Index];
}
