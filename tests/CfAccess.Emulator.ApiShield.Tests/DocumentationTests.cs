using System.Text.Json.Nodes;

namespace CfAccess.Emulator.ApiShield.Tests;

/// <summary>
/// Every command of https://developers.cloudflare.com/api-shield/security/jwt-validation/api/, in its order, with host, zone and ids replaced; and
/// the answers that it shows, member by member.
/// </summary>
public sealed class DocumentationTests
{
    private const string Older = "api_gateway/token_validation";

    private const string Configuration = """
        {
            "title": "Production JWT configuration",
            "description": "This configuration checks the JWT in the authorization header or cookie.",
            "token_sources": [ "http.request.headers[\"authorization\"][0]", "http.request.cookies[\"Authorization\"][0]" ],
            "token_type": "jwt",
            "credentials": {
                "keys": [
                    {
                        "kty": "EC",
                        "use": "sig",
                        "crv": "P-256",
                        "kid": "93UrzmNu1mqXs5cZcvCPkTlMHB2Jya30vSTkiBb0vhU",
                        "x": "QG3VFVwUX4IatQvBy7sqBvvmticCZ-eX5-nbtGKBOfI",
                        "y": "A3PXCshn7XcG7Ivvd2K_DerW4LHAlIVKdqhrUnczTD0",
                        "alg": "ES256"
                    }
                ]
            }
        }
        """;

    private const string Selector = """
        {
            "include": [ { "host": [ "v1.example.com", "v2.example.com" ] } ],
            "exclude": [
                {
                    "operation_ids": [
                        "f9c5615e-fe15-48ce-bec6-cfc1946f1bec", // POST v1.example.com/login
                        "56828eae-035a-4396-ba07-51c66d680a04"  // POST v2.example.com/login
                    ]
                }
            ]
        }
        """;

    private const string Rules = $$"""
        [
            {
                "title": "JWT Validation on v1 and v2.example.com",
                "description": "Log requests without a valid authorization header.",
                "action": "log",
                "enabled": true,
                "expression": "is_jwt_valid(\"00170473-ec24-410e-968a-9905cf0a7d03\")",
                "selector": {{Selector}}
            }
        ]
        """;

    private const string Keys = """
        {
            "keys": [
                {
                    "kty": "EC", "use": "sig", "kid": "test", "alg": "ES256",
                    "x": "-0LNzBheJPn-Zy6JmanTIUX7xc3jgqU714IQY0oU6mw", "y": "KONxBybUcRsJQmtu17jMAHsILSw009AuU3ulfUGv3FI"
                },
                {
                    "kty": "EC", "crv": "P-256", "kid": "test-2", "alg": "ES256",
                    "x": "iIbPRbOeLzjGPvv7iwmzCOTU03R0xDqbenp2D6GUcWo", "y": "tDkEh95PnfWwIXciCtdBBVA7wfghx_egmZ1Zcvu2lWw"
                }
            ]
        }
        """;

    private const string KeyShape = """{ "x": "text", "y": "text", "alg": "=ES256", "crv": "=P-256", "kid": "text", "kty": "=EC" }""";

    private const string RuleShape = """
        {
            "id": "id", "title": "text", "description": "text", "action": "text", "enabled": "flag", "expression": "text",
            "selector": { "include": [ { "host": [ "text" ] } ], "exclude": [ { "operation_ids": [ "id" ] } ] },
            "created_at": "time", "last_updated": "time", "modified_by": "text"
        }
        """;

    private readonly Dictionary<string, string> _ids = [];

    [Fact]
    public async Task Every_command_works_in_the_order_of_the_page_and_is_answered_as_it_shows()
    {
        await using var app = await ShieldApp.StartAsync();
        var zone = app.Zone;
        await SaveOperationsAsync(zone);

        var made = (await zone.SendAsync("POST", Older, Configuration)).Good();
        made.Json.ShouldHaveShape($$"""
            {
                "result": {
                    "id": "id", "token_type": "=JWT", "title": "=Production JWT configuration",
                    "description": "=This configuration checks the JWT in the authorization header or cookie.", "token_sources": [ "text" ],
                    "credentials": { "keys": [ {{KeyShape}} ] }, "created_at": "time", "last_updated": "time"
                },
                "success": "flag", "errors": [], "messages": []
            }
            """);
        made.Result["token_sources"]!.ToJsonString().ShouldBe(JsonNode.Parse(Configuration)!["token_sources"]!.ToJsonString());
        _ids["00170473-ec24-410e-968a-9905cf0a7d03"] = made.Id;

        await PreviewAsync(zone);

        var created = (await zone.SendAsync("POST", Older + "/rules", WithIds(Rules))).Good();
        created.Json.ShouldHaveShape($$"""{ "result": [ {{RuleShape}} ], "success": "flag", "errors": [], "messages": [] }""");
        created.Messages.ShouldBeEmpty();
        _ids["714d3dd0-cc59-4911-862f-8a27e22353cc"] = created.Result[0]!["id"]!.GetValue<string>();
        var second = (await zone.SendAsync("POST", Older + "/rules", WithIds(Rules.Replace("JWT Validation on", "Another on", StringComparison.Ordinal)))).Good();
        _ids["7124f9bc-d6b5-430d-b488-b6bc2892f2fb"] = second.Result[0]!["id"]!.GetValue<string>();

        var keys = (await zone.SendAsync("PUT", $"{Older}/{made.Id}/credentials", Keys)).Good();
        keys.Json.ShouldHaveShape($$"""{ "result": { "keys": [ {{KeyShape}} ] }, "keys": [ {{KeyShape}} ], "success": "flag", "errors": [], "messages": [] }""");
        keys.Result["keys"]!.AsArray().Select(key => key!["kid"]!.GetValue<string>()).ShouldBe(["test", "test-2"]);

        await ChangeRulesAsync(zone);
    }

    private async Task PreviewAsync(ShieldZone zone)
    {
        var preview = (await zone.SendAsync("PUT", Older + "/rules/preview", WithIds(Selector))).Good();
        preview.Json.ShouldHaveShape(
            """
            {
                "result": {
                    "operations": [
                        { "operation_id": "id", "method": "text", "host": "text", "endpoint": "text", "last_updated": "time", "state": "text" }
                    ],
                    "total": "number", "included": "number", "excluded": "number", "ignored": "number",
                    "selected_hosts": [ "text" ], "available_hosts": [ "text" ]
                },
                "success": "flag", "errors": [], "messages": [],
                "result_info": { "page": "number", "per_page": "number", "count": "number", "total_count": "number" }
            }
            """,
            "total_pages");
        preview.Result["operations"]!.AsArray().Select(one => one!["state"]!.GetValue<string>())
            .ShouldBe(["ignored", "included", "included", "ignored", "excluded", "excluded", "ignored"]);
        Numbers(preview, "total", "included", "excluded", "ignored").ShouldBe([7, 2, 2, 3]);
        preview.Result["selected_hosts"]!.ToJsonString().ShouldBe("""["v1.example.com","v2.example.com"]""");
        preview.Result["available_hosts"]!.ToJsonString().ShouldBe("""["example.com","v1.example.com","v2.example.com","v3.example.com"]""");
        (await zone.SendAsync("POST", Older + "/rules/preview", WithIds(Selector))).Text.ShouldBe(preview.Text, "as the text beside the command says");

        Numbers((await zone.SendAsync("PUT", Older + "/rules/preview", "{ }")).Good(), "total", "included", "excluded", "ignored").ShouldBe([7, 0, 0, 7]);
    }

    private async Task ChangeRulesAsync(ShieldZone zone)
    {
        var changed = (await zone.SendAsync("PATCH", Older + "/rules", WithIds("""
            [
                { "id": "714d3dd0-cc59-4911-862f-8a27e22353cc", "action": "log", "title": "updated title" },
                { "id": "7124f9bc-d6b5-430d-b488-b6bc2892f2fb", "enabled": false }
            ]
            """))).Good();
        changed.Json.ShouldHaveShape($$"""{ "result": [ {{RuleShape}} ], "success": "flag", "errors": [], "messages": [] }""");
        changed.Result.AsArray().Select(rule => (rule!["title"]!.GetValue<string>(), rule["enabled"]!.GetValue<bool>()))
            .ShouldBe([("updated title", true), ("Another on v1 and v2.example.com", false)]);

        await MoveAsync(zone, "after", ["Another on v1 and v2.example.com", "updated title"]);
        await MoveAsync(zone, "before", ["updated title", "Another on v1 and v2.example.com"]);

        (await zone.DeleteAsync($"{Older}/rules/{_ids["7124f9bc-d6b5-430d-b488-b6bc2892f2fb"]}")).Good();
        (await zone.RuleTitlesAsync()).ShouldBe(["updated title"]);
    }

    private async Task MoveAsync(ShieldZone zone, string way, string[] order)
    {
        (await zone.SendAsync("PATCH", Older + "/rules", WithIds($$"""
            [
                {
                    "id": "714d3dd0-cc59-4911-862f-8a27e22353cc",
                    "position": { "{{way}}": "7124f9bc-d6b5-430d-b488-b6bc2892f2fb" }
                }
            ]
            """))).Good();
        (await zone.RuleTitlesAsync()).ShouldBe(order);
    }

    /// <summary>The zone of the page, by the API that it refers to for them.</summary>
    private async Task SaveOperationsAsync(ShieldZone zone)
    {
        var saved = (await zone.SendAsync("POST", "api_gateway/operations", """
            [
                { "method": "GET", "host": "example.com", "endpoint": "/api/accounts/{var1}" },
                { "method": "GET", "host": "v1.example.com", "endpoint": "/api/accounts/{var1}" },
                { "method": "GET", "host": "v2.example.com", "endpoint": "/api/accounts/{var1}" },
                { "method": "GET", "host": "v3.example.com", "endpoint": "/api/accounts/{var1}" },
                { "method": "POST", "host": "v1.example.com", "endpoint": "/login" },
                { "method": "POST", "host": "v2.example.com", "endpoint": "/login" },
                { "method": "GET", "host": "v3.example.com", "endpoint": "login" }
            ]
            """)).Good();
        _ids["f9c5615e-fe15-48ce-bec6-cfc1946f1bec"] = saved.Result[4]!["operation_id"]!.GetValue<string>();
        _ids["56828eae-035a-4396-ba07-51c66d680a04"] = saved.Result[5]!["operation_id"]!.GetValue<string>();
    }

    private string WithIds(string body) => _ids.Aggregate(body, (text, id) => text.Replace(id.Key, id.Value, StringComparison.Ordinal));

    private static IEnumerable<int> Numbers(ShieldReply reply, params string[] names) => names.Select(name => reply.Result[name]!.GetValue<int>());
}
