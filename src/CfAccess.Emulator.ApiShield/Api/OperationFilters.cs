using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Responses;

namespace CfAccess.Emulator.ApiShield.Api;

/// <summary>
/// The filters of a list of operations, and of a preview. An operation has to match all of them. Source:
/// https://developers.cloudflare.com/api/resources/api_gateway/subresources/operations/.
/// </summary>
internal static class OperationFilters
{
    private const string Feature = "feature";
    private const string Order = "order";
    private const string Direction = "direction";
    private const string State = "state";

    private static readonly ShieldFilter[] Common = [ShieldFilter.Methods(), ShieldFilter.Endpoints()];

    public static readonly IReadOnlyList<ShieldFilter> OfList =
    [
        ShieldFilter.Hosts()[0],
        .. Common,
        ShieldFilter.Words(Feature, "thresholds", "parameter_schemas", "schema_info", "confidence_intervals"),
        ShieldFilter.Words(Order, ShieldFilter.Method, ShieldFilter.Host, ShieldFilter.Endpoint) with { IsList = false },
        ShieldFilter.Words(Direction, "asc", "desc") with { IsList = false },
    ];

    public static readonly IReadOnlyList<ShieldFilter> OfPreview =
    [
        .. ShieldFilter.Hosts(),
        .. Common,
        ShieldFilter.Words(State, [.. OperationJson.States.Select(OperationJson.Word)]),
    ];

    /// <summary>The operations in the order of the query; without <c>order</c>, in the order in which they were saved.</summary>
    public static IReadOnlyList<ApiShieldOperation> Select(ApiShieldRuleSet set, ShieldQuery query)
    {
        IEnumerable<ApiShieldOperation> found = set.Operations.Where(operation => Matches(operation, query));
        var isDescending = query.Value(Direction) == "desc";
        if (query.Value(Order) is not { } order)
        {
            return [.. isDescending ? found.Reverse() : found];
        }

        Func<ApiShieldOperation, string> by = order switch
        {
            ShieldFilter.Method => operation => operation.Method,
            ShieldFilter.Host => operation => operation.Host,
            _ => operation => operation.Endpoint,
        };
        return [.. isDescending ? found.OrderByDescending(by, StringComparer.Ordinal) : found.OrderBy(by, StringComparer.Ordinal)];
    }

    public static IReadOnlyList<ApiShieldOperationPreview> Select(IEnumerable<ApiShieldOperationPreview> all, ShieldQuery query) =>
        [.. all.Where(one => Matches(one.Operation, query) && query.Matches(State, OperationJson.Word(one.State)))];

    /// <summary>A message if the query asks for features, which add data to operations at Cloudflare; null if it does not.</summary>
    public static string? FeatureNote(ShieldQuery query) =>
        query.Has(Feature) ? $"{Feature} adds nothing here: features describe the traffic of operations, and the emulator does not record it." : null;

    private static bool Matches(ApiShieldOperation operation, ShieldQuery query) =>
        query.Matches(ShieldFilter.Host, operation.Host)
        && query.Matches(ShieldFilter.Method, operation.Method)
        && (query.Value(ShieldFilter.Endpoint) is not { } part || operation.Endpoint.Contains(part, StringComparison.Ordinal));
}
