using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;
using CfAccess.Emulator.ApiShield.Responses;

namespace CfAccess.Emulator.ApiShield.Zone;

/// <summary>Makes, changes, moves and deletes rules. Of several nothing is done unless all can be.</summary>
internal sealed class RuleEdits(TimeProvider clock)
{
    private const string Kind = "rule";
    private const string Id = "id";
    private const string Position = "position";

    private readonly ShieldStamp _stamp = new(clock);

    public ShieldEdit Create(ApiShieldRuleSet set, JsonElement body) => Create(set, [(body, string.Empty)], new(), isList: false);

    public ShieldEdit CreateAll(ApiShieldRuleSet set, JsonElement body)
    {
        var problems = new BodyProblems();
        return Create(set, BodyList.Items(body, problems), problems, isList: true);
    }

    public ShieldEdit Change(ApiShieldRuleSet set, string id, JsonElement body)
    {
        if (set.FindRule(id) is null)
        {
            return ShieldEdit.Refuse(ShieldAnswer.Unknown(Kind, id));
        }

        var (documents, problems) = (ShieldDocuments.From(set), new BodyProblems());
        List<JsonElement> order = [.. documents.Rules];
        if (BodyReader.From(body, string.Empty, problems) is null)
        {
            return ShieldEdit.Refuse(problems);
        }

        ObjectId.Check(body, id, string.Empty, problems);
        return Save(documents, order, [Change(order, id, body, string.Empty, problems)], problems, isList: false);
    }

    public ShieldEdit ChangeAll(ApiShieldRuleSet set, JsonElement body)
    {
        var (documents, problems) = (ShieldDocuments.From(set), new BodyProblems());
        List<JsonElement> order = [.. documents.Rules];
        List<ChangedRule> changed = [];
        foreach (var (item, pointer) in BodyList.Items(body, problems))
        {
            if (BodyReader.From(item, pointer, problems) is not { } reader || reader.Id(Id, isRequired: true) is not { } id)
            {
                continue;
            }

            if (set.FindRule(id) is null)
            {
                reader.Error(Id, "is the id of no rule. List the rules to see which there are.");
            }
            else if (changed.Exists(one => one.Id == id))
            {
                reader.Error(Id, "stands twice. Write all changes of a rule in one object.");
            }
            else
            {
                changed.Add(Change(order, id, item, pointer, problems));
            }
        }

        return Save(documents, order, changed, problems, isList: true);
    }

    public static ShieldEdit Delete(ApiShieldRuleSet set, string id)
    {
        if (set.FindRule(id) is not { } index)
        {
            return ShieldEdit.Refuse(ShieldAnswer.Unknown(Kind, id));
        }

        var documents = ShieldDocuments.From(set);
        return ShieldEdit.Save(documents.WithRules([.. documents.Rules.Where((_, place) => place != index)]), ShieldAnswer.Deleted(Id, id));
    }

    private ShieldEdit Create(
        ApiShieldRuleSet set, IReadOnlyList<(JsonElement Item, string Pointer)> items, BodyProblems problems, bool isList)
    {
        var documents = ShieldDocuments.From(set);
        List<JsonElement> order = [.. documents.Rules];
        List<ChangedRule> made = [];
        foreach (var (item, pointer) in items)
        {
            if (BodyReader.From(item, pointer, problems) is { } reader)
            {
                ShieldStamp.Check(reader, Id);
                order.Add(_stamp.New(item, Id, Position));
                made.Add(new(ObjectId.Of(order[^1]), pointer, Patch: null));
                Place(order, made[^1].Id, item, pointer, problems);
            }
        }

        return Save(documents, order, made, problems, isList);
    }

    private ChangedRule Change(List<JsonElement> order, string id, JsonElement patch, string pointer, BodyProblems problems)
    {
        var index = order.FindIndex(one => ObjectId.Of(one) == id);
        order[index] = _stamp.Changed(JsonOverlay.Merge(order[index], patch, [Position, .. ShieldStamp.Names]));
        Place(order, id, patch, pointer, problems);
        return new(id, pointer, patch);
    }

    /// <summary>Moves a rule to the position in its body, if the body has one.</summary>
    private static void Place(List<JsonElement> order, string id, JsonElement body, string pointer, BodyProblems problems)
    {
        if (body.TryGetProperty(Position, out var position))
        {
            RuleOrder.Move(order, id, position, JsonPointer.Member(pointer, Position), problems);
        }
    }

    private static ShieldEdit Save(
        ShieldDocuments documents, List<JsonElement> rules, IReadOnlyList<ChangedRule> changed, BodyProblems problems, bool isList)
    {
        var (next, found) = documents.WithRules(rules).Load();
        var saved = new SavedProblems(found, ApiShieldDocumentKind.Rules);
        var places = changed.Select(rule => rules.FindIndex(one => ObjectId.Of(one) == rule.Id)).ToList();
        foreach (var (rule, index) in changed.Zip(places))
        {
            problems.AddRange(rule.InBody(saved.OfItem(index, rule.Pointer)));
        }

        problems.AddRange(saved.Others());
        if (problems.HasErrors || next is null)
        {
            return ShieldEdit.Refuse(problems);
        }

        // What a rule that was made or changed does that nobody can have meant.
        var findings = new SavedProblems(ApiShieldLinter.Lint(next), ApiShieldDocumentKind.Rules);
        var warnings = problems.All.Concat(changed.Zip(places).SelectMany(one => findings.OfItem(one.Second, one.First.Pointer))).ToList();
        return new(next, ShieldAnswer.Of(writer => RuleJson.Tell(writer, places.Select(index => next.Rules[index]), isList), warnings));
    }

    /// <summary>A rule that a body makes or changes.</summary>
    /// <param name="Id">The id of the rule.</param>
    /// <param name="Pointer">The place of the rule in the body.</param>
    /// <param name="Patch">What the body changes; null for a new rule.</param>
    private sealed record ChangedRule(string Id, string Pointer, JsonElement? Patch)
    {
        public IEnumerable<ApiShieldProblem> InBody(IEnumerable<ApiShieldProblem> problems) =>
            Patch is { } patch ? problems.Select(problem => BodyList.InPatch(problem, patch, Pointer)) : problems;
    }
}
