using System.Text.Json;
using CfAccess.ApiShield.Rules;

namespace CfAccess.ApiShield.Documents;

/// <summary>Reads token validation rules.</summary>
internal sealed class RuleReader(RuleChecks checks)
{
    /// <summary>Reads all rules of a document; the result is whole only if there are no errors.</summary>
    public IReadOnlyList<RuleInForce> ReadAll(IReadOnlyList<(JsonElement Item, string Pointer)> items, ProblemList problems)
    {
        List<RuleInForce> rules = [];
        var ids = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (item, pointer) in items)
        {
            if (Read(item, pointer, problems) is not { } rule)
            {
                continue;
            }

            rules.Add(rule);
            if (!ids.TryAdd(rule.Document.Id, pointer))
            {
                problems.Error(JsonPointer.Member(pointer, "id"), $"is that of {ids[rule.Document.Id]} too. Write another UUID.");
            }
        }

        return rules;
    }

    /// <summary>Reads one rule.</summary>
    /// <param name="item">The JSON.</param>
    /// <param name="pointer">Where it stands.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <param name="hasIdentity">Whether it is one that is saved already; a new one is given its identity afterwards.</param>
    public RuleInForce? Read(JsonElement item, string pointer, ProblemList problems, bool hasIdentity = true)
    {
        if (ObjectReader.Of(item, pointer, problems) is not { } reader)
        {
            return null;
        }

        var id = reader.Id("id", hasIdentity);
        var title = reader.Text("title", "Write a name of at most 50 characters.", DocumentLimits.Title);
        var description = reader.Text("description", maximumLength: DocumentLimits.Description);
        var action = Action(reader);
        var enabled = reader.Flag("enabled", "Write true to put the rule in force, or false.");
        var text = reader.Text("expression", "Write one such as is_jwt_valid(\"<id of a token configuration>\").");
        var expression = text is null ? null : checks.ReadExpression(text, reader.At("expression"), problems);
        var selector = reader.Object("selector", "Write { \"include\": [ { \"host\": [ \"api.example.com\" ] } ] }.") is { } inner
            ? SelectorReader.Read(inner)
            : null;
        var states = selector is null ? null : new SelectorStates(selector);
        if (states is not null)
        {
            checks.CheckSelector(states, enabled is true, reader.At("selector"), problems);
        }

        var (createdAt, lastUpdated) = (reader.Time("created_at"), reader.Time("last_updated"));

        // Cloudflare's answers name who changed the rule.
        reader.Ignore("modified_by");
        if (!hasIdentity)
        {
            // A new rule's place among the others is read by the caller.
            reader.Ignore("position");
        }

        reader.End();
        if ((id is null && hasIdentity) || title is null || action is null || enabled is null || expression is null || states is null)
        {
            return null;
        }

        var document = new ApiShieldRule
        {
            Id = id ?? string.Empty,
            Title = title,
            Description = description ?? string.Empty,
            Action = action.Value,
            Enabled = enabled.Value,
            Expression = text!,
            Selector = selector!,
            CreatedAt = createdAt,
            LastUpdated = lastUpdated,
        };
        return new RuleInForce(document, pointer, expression, states);
    }

    private static ApiShieldAction? Action(ObjectReader reader)
    {
        const string hint = "Write \"log\" or \"block\".";
        var text = reader.Text("action", hint);

        // In any case: Cloudflare's Terraform provider allows it.
        ApiShieldAction? action = text?.ToUpperInvariant() switch
        {
            "LOG" => ApiShieldAction.Log,
            "BLOCK" => ApiShieldAction.Block,
            _ => null,
        };
        if (text is not null && action is null)
        {
            reader.Error("action", "is neither. " + hint);
        }

        return action;
    }
}
