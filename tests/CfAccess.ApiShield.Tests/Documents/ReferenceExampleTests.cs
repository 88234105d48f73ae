using System.Text.Json;
using System.Text.Json.Nodes;
using CfAccess.ApiShield.Documents;

namespace CfAccess.ApiShield.Tests.Documents;

/// <summary>
/// The examples of Cloudflare's documentation, https://developers.cloudflare.com/api-shield/security/jwt-validation/configure/, are read as it
/// says they are.
/// </summary>
public sealed class ReferenceExampleTests
{
    /// <summary>The answer to a configuration that was made: it can be saved as it is.</summary>
    private const string Configuration = """
        {
          "result": {
            "id": "00170473-ec24-410e-968a-9905cf0a7d03",
            "token_type": "JWT",
            "title": "Production JWT configuration",
            "description": "This configuration checks the JWT in the authorization header or cookie.",
            "token_sources": [
              "http.request.headers[\"authorization\"][0]",
              "http.request.cookies[\"Authorization\"][0]"
            ],
            "credentials": {
              "keys": [
                {
                  "x": "QG3VFVwUX4IatQvBy7sqBvvmticCZ-eX5-nbtGKBOfI",
                  "y": "A3PXCshn7XcG7Ivvd2K_DerW4LHAlIVKdqhrUnczTD0",
                  "alg": "ES256",
                  "crv": "P-256",
                  "kid": "93UrzmNu1mqXs5cZcvCPkTlMHB2Jya30vSTkiBb0vhU",
                  "kty": "EC"
                }
              ]
            },
            "created_at": "2023-11-08T16:45:17.236841Z",
            "last_updated": "2023-11-08T16:45:17.236841Z"
          },
          "success": true,
          "errors": [],
          "messages": []
        }
        """;

    /// <summary>The answer to rules that were made, with the comments of the selector's example.</summary>
    private const string Rules = """
        {
          "result": [
            {
              "id": "5ec7c417-6964-4b24-b82c-a23a7ec8f90c",
              "title": "JWT Validation on v1 and v2.example.com",
              "description": "Log requests without a valid authorization header.",
              "action": "log",
              "enabled": true,
              "expression": "is_jwt_valid(\"00170473-ec24-410e-968a-9905cf0a7d03\")",
              "selector": {
                "include": [ { "host": [ "v1.example.com", "v2.example.com" ] } ],
                "exclude": [
                  {
                    "operation_ids": [
                      "f9c5615e-fe15-48ce-bec6-cfc1946f1bec", // POST v1.example.com/login
                      "56828eae-035a-4396-ba07-51c66d680a04"  // POST v2.example.com/login
                    ]
                  }
                ]
              },
              "created_at": "2023-10-18T12:08:09.575388Z",
              "last_updated": "2023-10-18T12:08:09.575388Z",
              "modified_by": "user@cloudflare.com"
            }
          ],
          "success": true,
          "errors": [],
          "messages": []
        }
        """;

    /// <summary>The operations of the preview, with the states that it gives them.</summary>
    private const string Operations = """
        [
          { "operation_id": "ed15fcb6-5a73-41cd-91af-8c61e5bb1cdb", "method": "GET", "host": "example.com", "endpoint": "/api/accounts/{var1}", "last_updated": "2023-05-24T14:54:34.806506Z", "state": "ignored" },
          { "operation_id": "e7a582cd-3cfb-4061-ab5b-722e6e42f545", "method": "GET", "host": "v1.example.com", "endpoint": "/api/accounts/{var1}", "last_updated": "2023-05-24T14:54:34.806506Z", "state": "included" },
          { "operation_id": "ddd5df5a-795c-40ce-b38c-38e9d7ef9ae8", "method": "GET", "host": "v2.example.com", "endpoint": "/api/accounts/{var1}", "last_updated": "2023-05-24T14:54:34.806506Z", "state": "included" },
          { "operation_id": "4d20befb-0120-45d5-9b29-5835fd41b44e", "method": "GET", "host": "v3.example.com", "endpoint": "/api/accounts/{var1}", "last_updated": "2023-05-24T14:54:34.806506Z", "state": "ignored" },
          { "operation_id": "f9c5615e-fe15-48ce-bec6-cfc1946f1bec", "method": "POST", "host": "v1.example.com", "endpoint": "/login", "last_updated": "2023-05-24T14:54:34.806506Z", "state": "excluded" },
          { "operation_id": "56828eae-035a-4396-ba07-51c66d680a04", "method": "POST", "host": "v2.example.com", "endpoint": "/login", "last_updated": "2023-05-24T14:54:34.806506Z", "state": "excluded" },
          { "operation_id": "cf86874c-8d0c-4337-ae14-4e2459b541ac", "method": "GET", "host": "v3.example.com", "endpoint": "login", "last_updated": "2023-05-24T14:54:34.806506Z", "state": "ignored" }
        ]
        """;

    private static readonly ApiShieldRuleSet Set = ApiShieldRuleSet.Load(new()
    {
        Configurations = ApiShieldDocumentSource.FromJson(Configuration),
        Rules = ApiShieldDocumentSource.FromJson(Rules),
        Operations = ApiShieldDocumentSource.FromJson(Operations),
    });

    [Fact]
    public void They_are_read_without_a_word()
    {
        Set.Warnings.ShouldBeEmpty();
        ApiShieldLinter.Lint(Set).ShouldBeEmpty();
    }

    [Fact]
    public void Each_operation_has_the_state_that_the_preview_gives_it()
    {
        var states = JsonNode.Parse(Operations)!.AsArray().Select(operation => operation!["state"]!.GetValue<string>());

        Set.Preview(Set.Rules[0].Selector).Select(one => JsonSerializer.Serialize(one.State, StateJson.Default.ApiShieldOperationState).Trim('"'))
            .ShouldBe(states);
    }

    [Fact]
    public void An_empty_selector_covers_nothing() =>
        Set.Preview(new ApiShieldSelector()).ShouldAllBe(one => one.State == ApiShieldOperationState.Ignored);

    [Fact]
    public void Included_operations_are_under_the_rule() =>
        Set.Operations.Where(operation => Set.GetRule(operation.OperationId) is not null).Select(operation => operation.Host)
            .ShouldBe(["v1.example.com", "v2.example.com"]);

    [Fact]
    public void The_models_are_written_with_Cloudflares_own_names()
    {
        Same(JsonSerializer.Serialize(Set.Configurations, ApiShieldJson.Default.IReadOnlyListApiShieldTokenConfiguration),
            new JsonArray(JsonNode.Parse(Configuration)!["result"]!.DeepClone()));
        var rule = JsonNode.Parse(Rules, documentOptions: new() { CommentHandling = JsonCommentHandling.Skip })!["result"]![0]!.AsObject();
        rule.Remove("modified_by");
        Same(JsonSerializer.Serialize(Set.Rules, ApiShieldJson.Default.IReadOnlyListApiShieldRule), new JsonArray(rule.DeepClone()));
        var operations = JsonNode.Parse(Operations)!.AsArray();
        foreach (var operation in operations)
        {
            operation!.AsObject().Remove("state");
            operation["endpoint"] = "/" + operation["endpoint"]!.GetValue<string>().TrimStart('/');
        }

        Same(JsonSerializer.Serialize(Set.Operations, ApiShieldJson.Default.IReadOnlyListApiShieldOperation), operations);
    }

    private static void Same(string written, JsonNode expected) => JsonNode.DeepEquals(JsonNode.Parse(written), expected).ShouldBeTrue(written);
}
