using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;
using CfAccess.Emulator.ApiShield.Responses;

namespace CfAccess.Emulator.ApiShield.Zone;

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

    public ShieldEdit Create(ApiShieldRuleSet set, JsonElement body) => Create(set, [(body, string.Empty)], new(), isList: false);

    public ShieldEdit CreateAll(ApiShieldRuleSet set, JsonElement body)
    {
        var problems = new BodyProblems();
        return Create(set, BodyList.Items(body, problems), problems, isList: true);
    }

    public static ShieldEdit Delete(ApiShieldRuleSet set, string id) => set.FindOperation(id) is null
        ? ShieldEdit.Refuse(ShieldAnswer.Unknown(Kind, id))
        : ShieldEdit.Save(Without(set, [id]), ShieldAnswer.Deleted(Id, id));

    /// <param name="set">The rule set.</param>
    /// <param name="body">A list of objects with <c>operation_id</c>. Without one nothing is deleted: a slip must not empty a zone.</param>
    public static ShieldEdit DeleteAll(ApiShieldRuleSet set, JsonElement body)
    {
        var problems = new BodyProblems();
        HashSet<string> ids = [];
        foreach (var (item, pointer) in BodyList.Items(body, problems))
        {
            if (BodyReader.From(item, pointer, problems) is not { } reader || reader.Id(Id, isRequired: true) is not { } id)
            {
                continue;
            }

            if (set.FindOperation(id) is null)
            {
                reader.Error(Id, "is the id of no operation. List the operations to see which there are.");
            }
            else if (!ids.Add(id))
            {
                reader.Error(Id, "stands twice. Write it once.");
            }
        }

        return problems.HasErrors ? ShieldEdit.Refuse(problems) : ShieldEdit.Save(Without(set, ids), ShieldAnswer.Of(result: null));
    }

    /// <summary>Saving what is saved already gives back what there is, as Cloudflare does, with a new time.</summary>
    private ShieldEdit Create(
        ApiShieldRuleSet set, IReadOnlyList<(JsonElement Item, string Pointer)> items, BodyProblems problems, bool isList)
    {
        List<ApiShieldOperation> all = [.. set.Operations];
        var places = all.Index().ToDictionary(one => KeyOf(one.Item), one => one.Index);
        List<ApiShieldOperation> told = [];
        var now = _stamp.Now;
        foreach (var (item, pointer) in items)
        {
            if (OperationReading.Read(item, pointer, problems) is not { } read)
            {
                continue;
            }

            if (!places.TryGetValue(KeyOf(read), out var place))
            {
                place = all.Count;
                places.Add(KeyOf(read), place);
                all.Add(read);
            }

            all[place] = all[place] with { LastUpdated = now };
            told.Add(all[place]);
        }

        return problems.HasErrors
            ? ShieldEdit.Refuse(problems)
            : ShieldEdit.Save(
                ShieldDocuments.From(set).WithOperations(all), ShieldAnswer.Of(writer => OperationJson.Tell(writer, told, isList), problems.All));
    }

    private static ShieldDocuments Without(ApiShieldRuleSet set, IReadOnlyCollection<string> ids) =>
        ShieldDocuments.From(set).WithOperations(set.Operations.Where(one => !ids.Contains(one.OperationId)));

    private static (string, string, string) KeyOf(ApiShieldOperation operation) => (operation.Method, operation.Host, operation.Endpoint);
}
