using System.Text.Json.Nodes;
using CfAccess.Testing;

namespace CfAccess.ApiShield.Tests;

/// <summary>The documents of a small API, to be changed.</summary>
internal sealed class ShieldDocuments
{
    public const string Host = "api.example.com";
    public const string ConfigurationId = "00170473-ec24-410e-968a-9905cf0a7d03";
    public const string OtherConfigurationId = "51231d16-01f1-48e3-93f8-91c99e81288e";
    public const string RuleId = "5ec7c417-6964-4b24-b82c-a23a7ec8f90c";
    public const string AccountId = "ed15fcb6-5a73-41cd-91af-8c61e5bb1cdb";
    public const string LoginId = "f9c5615e-fe15-48ce-bec6-cfc1946f1bec";
    public const string NeedsToken = $"is_jwt_valid(\"{ConfigurationId}\")";

    public JsonArray Configurations { get; } = [Configuration(ConfigurationId, TestKey.Get("current").ToJwk())];

    public JsonArray Rules { get; } = [Rule(RuleId)];

    public JsonArray Operations { get; } =
    [
        Operation("GET", "/accounts/{id}", AccountId),
        Operation("POST", "/login", LoginId),
    ];

    public static JsonObject Configuration(string id, params JsonNode[] keys) => new()
    {
        ["id"] = id,
        ["title"] = "Accounts",
        ["token_sources"] = new JsonArray("http.request.headers[\"authorization\"][0]", "http.request.cookies[\"session\"][0]"),
        ["token_type"] = "jwt",
        ["credentials"] = new JsonObject { ["keys"] = new JsonArray(keys) },
    };

    public static JsonObject Rule(
        string? id = null, string expression = NeedsToken, string action = "block", string host = Host, params string[] excluded) => new()
        {
            ["id"] = id ?? Guid.NewGuid().ToString(),
            ["title"] = "A valid token",
            ["action"] = action,
            ["enabled"] = true,
            ["expression"] = expression,
            ["selector"] = new JsonObject
            {
                ["include"] = new JsonArray(new JsonObject { ["host"] = new JsonArray(host) }),
                ["exclude"] = new JsonArray(new JsonObject
                {
                    ["operation_ids"] = new JsonArray([.. excluded.DefaultIfEmpty(LoginId).Select(one => JsonValue.Create(one))]),
                }),
            },
        };

    public static JsonObject Operation(string method, string endpoint, string? id = null, string host = Host) => new()
    {
        ["operation_id"] = id ?? Guid.NewGuid().ToString(),
        ["method"] = method,
        ["host"] = host,
        ["endpoint"] = endpoint,
    };

    public static ShieldDocuments With(Action<ShieldDocuments> change)
    {
        var documents = new ShieldDocuments();
        change(documents);
        return documents;
    }

    /// <summary>Operations such as <c>GET /orders/{id}</c>: those under the rule, those that it excludes, and the login, which is open.</summary>
    public static ShieldDocuments WithOperations(string[] protectedOnes, params string[] open) => With(documents =>
    {
        documents.Operations.Clear();
        documents.Operations.Add((JsonNode)Operation("POST", "/login", LoginId));
        List<string> excluded = [LoginId];
        foreach (var (operation, isOpen) in protectedOnes.Select(one => (one, false)).Concat(open.Select(one => (one, true))))
        {
            var (parts, id) = (operation.Split(' '), Guid.NewGuid().ToString());
            documents.Operations.Add((JsonNode)Operation(parts[0], parts[1], id));
            excluded.AddRange(isOpen ? [id] : []);
        }

        documents.Rules[0] = Rule(excluded: [.. excluded]);
    });

    /// <summary>Each document is read anew as it then is.</summary>
    public void GiveTo(ApiShieldOptions options)
    {
        options.Configurations = Source(Configurations);
        options.Rules = Source(Rules);
        options.Operations = Source(Operations);
    }

    public ApiShieldOptions Options(Action<ApiShieldOptions>? configure = null)
    {
        var options = new ApiShieldOptions();
        GiveTo(options);
        configure?.Invoke(options);
        return options;
    }

    public ApiShieldRuleSet Load(Action<ApiShieldOptions>? configure = null) => ApiShieldRuleSet.Load(Options(configure));

    /// <summary>What is wrong with the documents, each as <c>document pointer: message</c>.</summary>
    public IReadOnlyList<string> Errors(Action<ApiShieldOptions>? configure = null) =>
    [
        .. Should.Throw<ApiShieldDocumentException>(() => Load(configure)).Problems
            .Where(problem => problem.Severity == ApiShieldSeverity.Error)
            .Select(problem => problem.ToString()),
    ];

    private static ApiShieldDocumentSource Source(JsonArray document) =>
        ApiShieldDocumentSource.FromStream(() => new MemoryStream(System.Text.Encoding.UTF8.GetBytes(document.ToJsonString())));
}
