using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Endpoints;
using CfAccess.ApiShield.Expressions;
using CfAccess.ApiShield.Operations;
using CfAccess.ApiShield.Rules;
using Microsoft.AspNetCore.Http;

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
        return TryLoad(options, out var set, out var problems) ? set : throw new ApiShieldDocumentException(problems);
    }

    /// <summary>The same as <see cref="Load"/>, but reports errors instead of throwing. For documents that users edit, for example.</summary>
    /// <param name="options">The documents, and how they are read.</param>
    /// <param name="set">The rule set; null if a document has an error.</param>
    /// <param name="problems">All errors and warnings, in the order of the documents. A pointer leads into the document as it was given.</param>
    /// <returns>Whether the documents have no error.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public static bool TryLoad(
        ApiShieldOptions options, [NotNullWhen(true)] out ApiShieldRuleSet? set, out IReadOnlyList<ApiShieldProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(options);
        (set, problems) = RuleSetReader.Read(options, Directory.GetCurrentDirectory(), TimeProvider.System);
        return set is not null;
    }

    /// <summary>
    /// Evaluates a request as the middleware does, but without metrics, logs, and a response. For tools and tests of rules; the middleware needs no
    /// such call.
    /// </summary>
    /// <param name="context">The request: its method, host, path, headers, and cookies, and its endpoint if it has one.</param>
    /// <param name="options">
    /// How requests are matched and tokens verified. The documents and the rule set source of the options are not read.
    /// </param>
    /// <param name="timeProvider">The time at which tokens must be valid. Default: the system's.</param>
    /// <returns>The outcome, the operation, the rule, and the verdicts.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="context"/> or <paramref name="options"/> is null.</exception>
    public ApiShieldTokenValidation Evaluate(HttpContext context, ApiShieldOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(options);
        var facts = new RequestFacts(
            context, For(options, timeProvider ?? TimeProvider.System), new HostAliases(options.HostAliases), metrics: null);
        facts.Decide(options.UnknownHosts, options.UnknownOperations);
        return facts.Validation;
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

    /// <summary>The rules whose expression names a token configuration.</summary>
    /// <param name="configurationId">The UUID of the token configuration.</param>
    /// <returns>The rules in their order, disabled ones too; empty if no rule names the configuration.</returns>
    public IReadOnlyList<ApiShieldRule> GetRulesByConfiguration(string configurationId) =>
    [
        .. RulesInForce
            .Where(rule => rule.Expression.References.Any(one => one.Kind == ExpressionReferenceKind.Configuration
                && one.Name.Equals(configurationId, StringComparison.OrdinalIgnoreCase)))
            .Select(rule => rule.Document),
    ];

    /// <summary>
    /// Writes one document, a list of objects as Cloudflare's API writes them, so that <see cref="Load"/> can read it again: without what was dropped,
    /// and WITH the secrets of symmetric keys, which no other member of this type returns. Store the text as safely as those keys.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="document">Which document.</param>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="document"/> is not one of the three.</exception>
    public void WriteDocumentWithSecrets(Utf8JsonWriter writer, ApiShieldDocumentKind document)
    {
        ArgumentNullException.ThrowIfNull(writer);
        DocumentWriter.Write(writer, this, document);
    }

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
