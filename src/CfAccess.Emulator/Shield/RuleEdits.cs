using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Rules;

namespace CfAccess.Emulator.Shield;

/// <summary>Makes, changes, moves and deletes rules. Of several nothing is done unless all can be.</summary>
internal sealed class RuleEdits(TimeProvider clock)
{
    private const string Kind = "rule";
    private const string Position = "position";

    private readonly ShieldStamp _stamp = new(clock);

    public ShieldEdit Create(ApiShieldRuleSet set, JsonElement body) =>
        Create(set, [(body, string.Empty)], new(ApiShieldDocumentKind.Rules), isList: false);

    public ShieldEdit CreateAll(ApiShieldRuleSet set, JsonElement body)
    {
        var problems = new ProblemList(ApiShieldDocumentKind.Rules);
        return Create(set, BodyList.Items(body, problems), problems, isList: true);
    }

    public ShieldEdit Change(ApiShieldRuleSet set, string id, JsonElement body)
    {
        if (set.FindRule(id) is null)
        {
            return ShieldEdit.Refuse(ShieldAnswer.Unknown(Kind, id));
        }

        var problems = new ProblemList(ApiShieldDocumentKind.Rules);
        List<RuleInForce> order = [.. set.RulesInForce];
        if (ObjectReader.Of(body, string.Empty, problems) is not null)
        {
            ObjectId.Check(body, id, string.Empty, problems);
            Change(set, order, id, body, string.Empty, problems);
        }

        return Answer(set, order, [id], problems, isList: false);
    }

    public ShieldEdit ChangeAll(ApiShieldRuleSet set, JsonElement body)
    {
        var problems = new ProblemList(ApiShieldDocumentKind.Rules);
        List<RuleInForce> order = [.. set.RulesInForce];
        List<string> ids = [];
        foreach (var (item, pointer) in BodyList.Items(body, problems))
        {
            if (ObjectReader.Of(item, pointer, problems) is not { } reader || ObjectId.Read(reader.Id("id", isRequired: true)) is not { } id)
            {
                continue;
            }

            if (set.FindRule(id) is null)
            {
                problems.Error(reader.At("id"), "is the id of no rule. List the rules to see which there are.");
            }
            else if (ids.Contains(id))
            {
                problems.Error(reader.At("id"), "stands twice. Write all changes of a rule in one object.");
            }
            else
            {
                ids.Add(id);
                Change(set, order, id, item, pointer, problems);
            }
        }

        return Answer(set, order, ids, problems, isList: true);
    }

    public static ShieldEdit Delete(ApiShieldRuleSet set, string id) => set.FindRule(id) is { } rule
        ? new(set.With([.. set.RulesInForce.Where(one => !ReferenceEquals(one, rule))]), ObjectId.Tell("id", id))
        : ShieldEdit.Refuse(ShieldAnswer.Unknown(Kind, id));

    private ShieldEdit Create(
        ApiShieldRuleSet set, IReadOnlyList<(JsonElement Item, string Pointer)> items, ProblemList problems, bool isList)
    {
        var reader = Reader(set);
        List<RuleInForce> order = [.. set.RulesInForce];
        List<string> made = [];
        var now = _stamp.Now;
        foreach (var (item, pointer) in items)
        {
            if (reader.Read(item, pointer, problems, hasIdentity: false) is { } read)
            {
                var rule = read with { Document = read.Document with { Id = ShieldStamp.NewId(), CreatedAt = now, LastUpdated = now } };
                order.Add(rule);
                made.Add(rule.Document.Id);
                Place(order, rule.Document.Id, item, pointer, problems);
            }
        }

        return Answer(set, order, made, problems, isList);
    }

    private void Change(ApiShieldRuleSet set, List<RuleInForce> order, string id, JsonElement patch, string pointer, ProblemList problems)
    {
        var old = order.Find(one => one.Document.Id == id)!;
        var whole = JsonSerializer.SerializeToElement(old.Document, ApiShieldJson.Default.ApiShieldRule);
        var ofRule = new ProblemList(ApiShieldDocumentKind.Rules);
        var read = Reader(set).Read(JsonOverlay.Merge(whole, patch, "id", Position, "created_at", "last_updated"), pointer, ofRule);
        BodyList.Move(ofRule, problems, patch, pointer);
        if (read is null || ofRule.HasErrors)
        {
            return;
        }

        order[order.IndexOf(old)] = read with { Document = read.Document with { LastUpdated = _stamp.Now } };
        Place(order, id, patch, pointer, problems);
    }

    /// <summary>Moves a rule to the position in its body, if the body has one.</summary>
    private static void Place(List<RuleInForce> order, string id, JsonElement body, string pointer, ProblemList problems)
    {
        if (body.TryGetProperty(Position, out var position))
        {
            RuleOrder.Move(order, id, position, JsonPointer.Member(pointer, Position), problems);
        }
    }

    private static ShieldEdit Answer(
        ApiShieldRuleSet set, IReadOnlyList<RuleInForce> rules, IReadOnlyList<string> changed, ProblemList problems, bool isList)
    {
        if (problems.HasErrors)
        {
            return ShieldEdit.Refuse(problems);
        }

        var next = set.With(rules);
        var told = changed.Select(id => next.FindRule(id)!).ToList();
        var warnings = problems.All.Concat(told.SelectMany(rule => RuleFindings.Of(rule, next)));
        return new(next, ShieldAnswer.Of(writer => RuleJson.Tell(writer, told.Select(rule => rule.Document), isList), warnings));
    }

    private static RuleReader Reader(ApiShieldRuleSet set) => new(new RuleChecks(
        set.ConfigurationsInForce.Select(one => one.Document.Id).ToHashSet(StringComparer.Ordinal), ShieldSets.Options.AllowEmptySelectors));
}
