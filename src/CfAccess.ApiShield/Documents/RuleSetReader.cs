using System.Text.Json;
using CfAccess.ApiShield.Rules;

namespace CfAccess.ApiShield.Documents;

/// <summary>Reads the three documents and makes one rule set of them, or none.</summary>
internal static class RuleSetReader
{
    /// <param name="options">The documents, and how they are read.</param>
    /// <param name="root">The folder that relative paths are below.</param>
    /// <param name="clock">What tokens are judged by.</param>
    /// <returns>The rule set, unless there are errors; and all that is wrong or was dropped, in the order of the documents.</returns>
    public static (ApiShieldRuleSet? Set, IReadOnlyList<ApiShieldProblem> Problems) Read(
        ApiShieldOptions options, string root, TimeProvider clock)
    {
        if (options.RuleSetSource is { } source)
        {
            return (source.Current.For(options, clock), []);
        }

        var (ofConfigurations, ofRules, ofOperations) = (
            new ProblemList(ApiShieldDocumentKind.Configurations),
            new ProblemList(ApiShieldDocumentKind.Rules),
            new ProblemList(ApiShieldDocumentKind.Operations));
        var configurationItems = Items(options.Configurations, root, ofConfigurations);
        var configurations = new ConfigurationReader(options, clock).ReadAll(configurationItems, ofConfigurations);
        var ruleItems = Items(options.Rules, root, ofRules);
        var rules = new RuleReader(new RuleChecks(Ids(configurationItems, ofConfigurations), options.AllowEmptySelectors, nameof(options.AllowEmptySelectors)))
            .ReadAll(ruleItems, ofRules);
        if (ruleItems.Count == 0 && !ofRules.HasErrors)
        {
            ofRules.Warn(string.Empty, "holds no rules: every operation is open.");
        }

        var operations = OperationReader.ReadAll(Items(options.Operations, root, ofOperations), ofOperations);

        List<ApiShieldProblem> problems = [.. ofConfigurations.All, .. ofRules.All, .. ofOperations.All];
        var isWrong = ofConfigurations.HasErrors || ofRules.HasErrors || ofOperations.HasErrors;
        return (isWrong ? null : new ApiShieldRuleSet(options.Matching, configurations, rules, operations, problems), problems);
    }

    private static IReadOnlyList<(JsonElement Item, string Pointer)> Items(ApiShieldDocumentSource? source, string root, ProblemList problems)
    {
        if (source is null)
        {
            problems.Error(string.Empty, "is not given. Name a file, a text, a stream or a section of configuration.");
            return [];
        }

        try
        {
            if (source.Read(root) is { } utf8)
            {
                return DocumentJson.Read(utf8, problems);
            }

            problems.Error(
                string.Empty,
                $"is not given: {source.Name} is missing or empty. Write the path of a file or the objects, or \"[]\" for a document without any.");
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Error(string.Empty, $"cannot be read from {source.Name}: {exception.Message}");
            return [];
        }
    }

    /// <summary>
    /// The ids of all configurations, wrong ones too: that a rule names one of those is no second error. Null where they are not all known.
    /// </summary>
    private static HashSet<string>? Ids(IReadOnlyList<(JsonElement Item, string Pointer)> items, ProblemList problems)
    {
        if (items.Count == 0 && problems.HasErrors)
        {
            return null;
        }

        var ids = items.Select(one => IdOf(one.Item)).ToHashSet();
        return ids.Contains(null) ? null : [.. ids.OfType<string>()];
    }

    private static string? IdOf(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("id", out var id)
        && id.ValueKind == JsonValueKind.String
        && Guid.TryParseExact(id.GetString(), "D", out _)
            ? id.GetString()!.ToLowerInvariant()
            : null;
}
