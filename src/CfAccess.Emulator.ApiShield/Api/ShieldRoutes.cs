using System.Text.Json;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Bodies;
using CfAccess.Emulator.ApiShield.Evaluating;
using CfAccess.Emulator.ApiShield.Responses;
using CfAccess.Emulator.ApiShield.Zone;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.ApiShield.Api;

/// <summary>The routes of a zone.</summary>
internal sealed class ShieldRoutes(ShieldStore store, TimeProvider clock)
{
    private const int ZoneLength = 32;

    private readonly ConfigurationEdits _configurations = new(clock);
    private readonly RuleEdits _rules = new(clock);
    private readonly OperationEdits _operations = new(clock);
    private readonly RequestEvaluation _evaluation = new(store, clock);

    /// <param name="path">What follows <see cref="ShieldApi.Prefix"/>.</param>
    public ShieldRoute? Find(PathString path) => (path.Value ?? string.Empty).Split('/') switch
    {
        ["", "zones", var zone, .. var rest] when zone.Length == ZoneLength && zone.All(char.IsAsciiHexDigit) => rest switch
        {
            ["token_validation", .. var inner] => TokenValidation(inner, isOlder: false),
            ["api_gateway", "token_validation", .. var inner] => TokenValidation(inner, isOlder: true),
            ["api_gateway", "operations"] => Operations(),
            ["api_gateway", "operations", "item"] => OneOperation(),
            ["api_gateway", "operations", var given] when ObjectId.Read(given) is { } id => Operation(id),
            _ => null,
        },
        _ => null,
    };

    /// <summary>The older family has the configurations at its root, and lists of rules where the newer one has one rule.</summary>
    private ShieldRoute? TokenValidation(string[] path, bool isOlder) => path switch
    {
        ["config"] => Configurations(),
        [] when isOlder => Configurations(),
        ["config", var given] when ObjectId.Read(given) is { } id => Configuration(id),
        [var given] when isOlder && ObjectId.Read(given) is { } id => Configuration(id),
        ["config", var given, "credentials"] when ObjectId.Read(given) is { } id => Credentials(id),
        [var given, "credentials"] when isOlder && ObjectId.Read(given) is { } id => Credentials(id),
        ["rules"] when isOlder => Bulk().List(ListRules, RuleFilters.All),
        ["rules"] => new ShieldRoute().List(ListRules, RuleFilters.All).Take(HttpMethods.Post, call => Change(set => _rules.Create(set, call.Body))),
        ["rules", "bulk"] => Bulk(),
        ["rules", "preview"] => Previews(),
        ["rules", var given] when ObjectId.Read(given) is { } id => Rule(id),
        ["evaluate"] => new ShieldRoute().Take(HttpMethods.Post, call => _evaluation.Answer(call.Body)),
        _ => null,
    };

    private ShieldRoute Configurations() => new ShieldRoute()
        .List(query => Page(query.Paging, store.Current.Configurations, ConfigurationJson.Tell))
        .Take(HttpMethods.Post, call => Change(set => _configurations.Create(set, call.Body)));

    private ShieldRoute Configuration(string id) => new ShieldRoute()
        .Get(() => One("token configuration", id, store.Current.Configurations.FirstOrDefault(one => one.Id == id), ConfigurationJson.Tell))
        .Take(HttpMethods.Patch, call => Change(set => _configurations.Change(set, id, call.Body)))
        .Delete(() => Change(set => ConfigurationEdits.Delete(set, id)));

    private ShieldRoute Credentials(string id) => new ShieldRoute()
        .Take(HttpMethods.Put, call => Change(set => _configurations.ChangeKeys(set, id, call.Body, inherits: false)))
        .Take(HttpMethods.Patch, call => Change(set => _configurations.ChangeKeys(set, id, call.Body, inherits: true)));

    private ShieldRoute Bulk() => new ShieldRoute()
        .Take(HttpMethods.Post, call => Change(set => _rules.CreateAll(set, call.Body)))
        .Take(HttpMethods.Patch, call => Change(set => _rules.ChangeAll(set, call.Body)));

    private ShieldRoute Rule(string id) => new ShieldRoute()
        .Get(() => One("rule", id, store.Current.Rules.FirstOrDefault(one => one.Id == id), RuleJson.Tell))
        .Take(HttpMethods.Patch, call => Change(set => _rules.Change(set, id, call.Body)))
        .Delete(() => Change(set => RuleEdits.Delete(set, id)));

    private ShieldRoute Operations() => new ShieldRoute()
        .List(ListOperations, OperationFilters.OfList)
        .Take(HttpMethods.Post, call => Change(set => _operations.CreateAll(set, call.Body)))
        .Take(HttpMethods.Delete, new ShieldRoute.ShieldMethod(call => Change(set => OperationEdits.DeleteAll(set, call.Body)))
        {
            BodyHint = OperationEdits.DeletionHint,
        });

    private ShieldRoute OneOperation() =>
        new ShieldRoute().Take(HttpMethods.Post, call => Change(set => _operations.Create(set, call.Body)));

    private ShieldRoute Operation(string id) => new ShieldRoute()
        .Get(() => One("operation", id, store.Current.Operations.FirstOrDefault(one => one.OperationId == id), OperationJson.Tell))
        .Delete(() => Change(set => OperationEdits.Delete(set, id)));

    private ShieldRoute Previews()
    {
        var preview = new ShieldRoute.ShieldMethod(call => SelectorPreview.Answer(store.Current, call)) { IsPaged = true, Filters = OperationFilters.OfPreview };
        return new ShieldRoute().Take(HttpMethods.Post, preview).Take(HttpMethods.Put, preview);
    }

    private ShieldAnswer ListRules(ShieldQuery query) => Page(query.Paging, RuleFilters.Select(store.Current, query), RuleJson.Tell);

    private ShieldAnswer ListOperations(ShieldQuery query)
    {
        var answer = Page(query.Paging, OperationFilters.Select(store.Current, query), OperationJson.Tell);
        return OperationFilters.FeatureNote(query) is { } note ? answer.WithMessage(note) : answer;
    }

    private ShieldAnswer Change(Func<ApiShieldRuleSet, ShieldEdit> change) => store.Change(change);

    private static ShieldAnswer One<T>(string what, string id, T? found, Action<Utf8JsonWriter, T> tell)
        where T : class => found is null ? ShieldAnswer.Unknown(what, id) : ShieldAnswer.Of(writer => tell(writer, found));

    private static ShieldAnswer Page<T>(ShieldPaging paging, IReadOnlyList<T> all, Action<Utf8JsonWriter, T> tell)
    {
        var (items, page) = paging.Of(all);
        return ShieldAnswer.Of(
            writer =>
            {
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    tell(writer, item);
                }

                writer.WriteEndArray();
            },
            page: page);
    }
}
