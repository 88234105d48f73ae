using System.Text.Json;
using System.Text.Json.Nodes;
using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Rules;

namespace CfAccess.ApiShield.Tests.Documents;

/// <summary>Good objects of each document, to be changed, and what the readers say of them.</summary>
internal static class Papers
{
    public const string ConfigurationId = "00170473-ec24-410e-968a-9905cf0a7d03";
    public const string RuleId = "5ec7c417-6964-4b24-b82c-a23a7ec8f90c";
    public const string OperationId = "f9c5615e-fe15-48ce-bec6-cfc1946f1bec";

    public static JsonObject Rule(Action<JsonObject>? change = null) => Changed(
        new()
        {
            ["id"] = RuleId,
            ["title"] = "Valid tokens",
            ["description"] = "All of the API.",
            ["action"] = "block",
            ["enabled"] = true,
            ["expression"] = $"is_jwt_valid(\"{ConfigurationId}\")",
            ["selector"] = new JsonObject
            {
                ["include"] = new JsonArray(new JsonObject { ["host"] = new JsonArray("api.example.com") }),
                ["exclude"] = new JsonArray(new JsonObject { ["operation_ids"] = new JsonArray(OperationId) }),
            },
            ["created_at"] = "2023-10-18T12:08:09.575388Z",
            ["last_updated"] = "2023-10-18T12:08:09.575388Z",
        },
        change);

    public static JsonObject Operation(Action<JsonObject>? change = null) => Changed(
        new()
        {
            ["operation_id"] = OperationId,
            ["method"] = "GET",
            ["host"] = "api.example.com",
            ["endpoint"] = "/api/accounts/{id}",
            ["last_updated"] = "2023-05-24T14:54:34.806506Z",
        },
        change);

    /// <summary>What is said of rules, each as <c>pointer: message</c>, errors first marked with <c>!</c>.</summary>
    public static IReadOnlyList<string> SaidOfRules(params JsonNode?[] rules) => Said(ApiShieldDocumentKind.Rules, rules, (items, problems) =>
        new RuleReader(new RuleChecks(new HashSet<string> { ConfigurationId }, allowsEmptySelectors: false)).ReadAll(items, problems));

    public static IReadOnlyList<string> SaidOfOperations(params JsonNode?[] operations) => Said(
        ApiShieldDocumentKind.Operations, operations, (items, problems) => OperationReader.ReadAll(items, problems));

    private static List<string> Said(
        ApiShieldDocumentKind kind, JsonNode?[] items, Action<IReadOnlyList<(JsonElement, string)>, ProblemList> read)
    {
        var problems = new ProblemList(kind);
        read(DocumentJson.Read(JsonSerializer.SerializeToUtf8Bytes(new JsonArray(items)), problems), problems);
        return [.. problems.All.Select(problem =>
            $"{(problem.Severity == ApiShieldSeverity.Error ? "!" : string.Empty)}{problem.Pointer}: {problem.Message}")];
    }

    private static JsonObject Changed(JsonObject json, Action<JsonObject>? change)
    {
        change?.Invoke(json);
        return json;
    }
}
