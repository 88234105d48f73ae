using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Operations;

namespace CfAccess.Emulator.Shield;

/// <summary>Saves and deletes operations. Of several nothing is done unless all can be.</summary>
internal sealed class OperationEdits(TimeProvider clock)
{
    private const string Kind = "operation";
    private const string Id = "operation_id";

    /// <summary>What to send to delete several operations, for a call without a body.</summary>
    public const string DeletionHint =
        "Send a list of the operations to delete, such as [ { \"operation_id\": \"…\" } ]. Without a list nothing is deleted, so that no slip empties the zone. "
        + "With Cloudflare's TypeScript SDK, pass the list in the options: bulkDelete({ zone_id }, { body: [ … ] }).";


    private readonly ShieldStamp _stamp = new(clock);

    public ShieldEdit Create(ApiShieldRuleSet set, JsonElement body) =>
        Create(set, [(body, string.Empty)], new(ApiShieldDocumentKind.Operations), isList: false);

    public ShieldEdit CreateAll(ApiShieldRuleSet set, JsonElement body)
    {
        var problems = new ProblemList(ApiShieldDocumentKind.Operations);
        return Create(set, BodyList.Items(body, problems), problems, isList: true);
    }

    public static ShieldEdit Delete(ApiShieldRuleSet set, string id) => set.FindOperation(id) is { } operation
        ? new(set.With(set.SavedOperations.Where(one => one != operation)), ObjectId.Tell(Id, id))
        : ShieldEdit.Refuse(ShieldAnswer.Unknown(Kind, id));

    /// <param name="set">The rule set.</param>
    /// <param name="body">A list of objects with <c>operation_id</c>. Without one nothing is deleted: a slip must not empty a zone.</param>
    public static ShieldEdit DeleteAll(ApiShieldRuleSet set, JsonElement body)
    {
        var problems = new ProblemList(ApiShieldDocumentKind.Operations);
        HashSet<string> ids = [];
        foreach (var (item, pointer) in BodyList.Items(body, problems))
        {
            if (ObjectReader.Of(item, pointer, problems) is not { } reader || ObjectId.Read(reader.Id(Id, isRequired: true)) is not { } id)
            {
                continue;
            }

            if (set.FindOperation(id) is null)
            {
                problems.Error(reader.At(Id), "is the id of no operation. List the operations to see which there are.");
            }
            else if (!ids.Add(id))
            {
                problems.Error(reader.At(Id), "stands twice. Write it once.");
            }
        }

        return problems.HasErrors
            ? ShieldEdit.Refuse(problems)
            : new(set.With(set.SavedOperations.Where(one => !ids.Contains(one.Document.OperationId))), ShieldAnswer.Of(result: null));
    }

    /// <summary>Saving what is saved already gives back what there is, as Cloudflare does, with a new time.</summary>
    private ShieldEdit Create(
        ApiShieldRuleSet set, IReadOnlyList<(JsonElement Item, string Pointer)> items, ProblemList problems, bool isList)
    {
        List<SavedOperation> all = [.. set.SavedOperations];
        var places = all.Index().ToDictionary(one => KeyOf(one.Item), one => one.Index);
        List<ApiShieldOperation> told = [];
        var now = _stamp.Now;
        foreach (var (item, pointer) in items)
        {
            if (OperationReader.Read(item, pointer, problems, all.Count, hasIdentity: false) is not { } read)
            {
                continue;
            }

            if (places.TryGetValue(KeyOf(read), out var place))
            {
                all[place] = all[place] with { Document = all[place].Document with { LastUpdated = now } };
            }
            else
            {
                place = all.Count;
                places.Add(KeyOf(read), place);
                all.Add(read with { Document = read.Document with { OperationId = ShieldStamp.NewId(), LastUpdated = now } });
            }

            told.Add(all[place].Document);
        }

        return problems.HasErrors
            ? ShieldEdit.Refuse(problems)
            : new(set.With(all), ShieldAnswer.Of(writer => OperationJson.Tell(writer, told, isList), problems.All));
    }

    private static (string, string, string) KeyOf(SavedOperation operation) =>
        (operation.Document.Method, operation.Document.Host, operation.Document.Endpoint);
}
