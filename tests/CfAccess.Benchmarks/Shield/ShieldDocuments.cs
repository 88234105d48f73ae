using System.Globalization;
using System.Text.Json.Nodes;
using CfAccess.ApiShield;
using CfAccess.Benchmarks.Parties;

namespace CfAccess.Benchmarks.Shield;

/// <summary>An API of so many operations under one rule, and requests to it.</summary>
internal static class ShieldDocuments
{
    private const int OperationsOfHost = 2_500;

    private static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH"];

    /// <summary>The rule needs a token of the last configuration.</summary>
    public static void GiveTo(ApiShieldOptions options, int operations, int configurations = 1)
    {
        options.Configurations = Source([.. Enumerable.Range(0, configurations).Select(Configuration)]);
        options.Rules = Source(Rule(operations, ConfigurationId(configurations - 1)));
        options.Operations = Source([.. Enumerable.Range(0, operations).Select(Operation)]);
    }

    /// <summary>A request to an operation: every fourth template is all literals, the others have one or two variables.</summary>
    public static (string Method, string Host, string Path) Request(int number) =>
        (Methods[number % Methods.Length], Host(number), Path(number, "8f14e45f", "c9f0f895"));

    private static string Host(int number) => string.Create(CultureInfo.InvariantCulture, $"api{number / OperationsOfHost}.example.com");

    private static string Path(int number, string one, string two) => (number % 4) switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"/v1/resources{number}/search/recent"),
        1 => string.Create(CultureInfo.InvariantCulture, $"/v1/resources{number}/{one}"),
        2 => string.Create(CultureInfo.InvariantCulture, $"/v1/resources{number}/{one}/items/{two}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"/v1/{one}/resources{number}/{two}"),
    };

    private static JsonNode Operation(int number) => new JsonObject
    {
        ["operation_id"] = Guid.NewGuid().ToString(),
        ["method"] = Methods[number % Methods.Length],
        ["host"] = Host(number),
        ["endpoint"] = Path(number, "{one}", "{two}"),
    };

    private static string ConfigurationId(int number) => string.Create(CultureInfo.InvariantCulture, $"00170473-ec24-410e-968a-9905cf0a{number:x4}");

    private static JsonArray Rule(int operations, string configurationId) =>
    [
        new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["title"] = "A valid token",
            ["action"] = "block",
            ["enabled"] = true,
            ["expression"] = $"is_jwt_valid(\"{configurationId}\")",
            ["selector"] = new JsonObject
            {
                ["include"] = new JsonArray(new JsonObject
                {
                    ["host"] = new JsonArray([.. Enumerable.Range(0, operations).Select(Host).Distinct().Select(host => JsonValue.Create(host))]),
                }),
            },
        },
    ];

    private static JsonNode Configuration(int number) => new JsonObject
    {
        ["id"] = ConfigurationId(number),
        ["title"] = "Benchmark",
        ["token_sources"] = new JsonArray("http.request.headers[\"authorization\"][0]", "http.request.cookies[\"session\"][0]"),
        ["token_type"] = "JWT",
        ["credentials"] = new JsonObject { ["keys"] = new JsonArray([.. BenchTeam.Published.Select(key => key.ToJwk())]) },
    };

    private static ApiShieldDocumentSource Source(JsonArray document) => ApiShieldDocumentSource.FromJson(document.ToJsonString());
}
