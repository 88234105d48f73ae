using System.Text.Json.Nodes;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Foreign;

/// <summary>The emulator's API of API Shield, called by two versions of Cloudflare's own SDK for TypeScript, which are installed under names of their own.</summary>
public sealed class CloudflareSdkTests
{
    private const string Version6 = "cloudflare-6";
    private const string Version7 = "cloudflare-7";
    private const string Configuration = "tokenValidation.configuration.";
    private const string Rules = "tokenValidation.rules.";
    private const string Operations = "apiGateway.operations.";
    private const string Secret = "c2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXMtZXhhY3Q";

    public static TheoryData<string> Versions => [Version6, Version7];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_configuration_is_created_read_changed_listed_and_deleted(string version)
    {
        await using var sdk = await CloudflareSdk.StartAsync(version);
        var id = await ConfigureAsync(sdk);

        (await sdk.CallAsync(Configuration + "get", id, Zoned()))["title"]!.GetValue<string>().ShouldBe("Accounts");
        (await sdk.CallAsync(Configuration + "edit", id, Zoned(("title", "Other"), ("token_sources", new JsonArray("http.request.cookies[\"t\"][0]")))))
            ["token_sources"]![0]!.GetValue<string>().ShouldBe("http.request.cookies[\"t\"][0]");
        (await sdk.CallAsync(Configuration + "list", Zoned(("per_page", 5)))).AsArray().ShouldHaveSingleItem()!["title"]!.GetValue<string>().ShouldBe("Other");
        (await sdk.CallAsync(Configuration + "delete", id, Zoned()))["id"]!.GetValue<string>().ShouldBe(id);
        (await sdk.FailAsync(Configuration + "get", id, Zoned())).Status.ShouldBe(404);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Replaced_keys_come_back_where_the_SDK_reads_them(string version)
    {
        await using var sdk = await CloudflareSdk.StartAsync(version);
        var id = await ConfigureAsync(sdk);

        var replaced = await sdk.CallAsync(Configuration + "credentials.update", id, Zoned(("keys", new JsonArray(SecretKey(), Key()))));

        replaced["keys"]!.AsArray().Select(key => key!["kid"]!.GetValue<string>()).ShouldBe(["shared", "current"]);
        replaced.ToJsonString().ShouldNotContain(Secret);
    }

    [Fact]
    public async Task A_changed_key_without_its_secret_keeps_the_stored_one()
    {
        await using var sdk = await CloudflareSdk.StartAsync(Version7);
        var id = await ConfigureAsync(sdk);
        await sdk.CallAsync(Configuration + "credentials.update", id, Zoned(("keys", new JsonArray(SecretKey()))));
        var withoutSecret = SecretKey();
        withoutSecret.Remove("k");

        var changed = await sdk.CallAsync(Configuration + "credentials.edit", id, Zoned(("keys", new JsonArray(withoutSecret.DeepClone(), Key()))));

        changed["keys"]!.AsArray().Select(key => key!["kid"]!.GetValue<string>()).ShouldBe(["shared", "current"]);
        withoutSecret["k"] = null;
        (await sdk.FailAsync(Configuration + "credentials.edit", id, Zoned(("keys", new JsonArray(withoutSecret))))).Status.ShouldBe(400);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Each_filter_of_a_list_of_rules_selects_and_pages_keep_it(string version)
    {
        await using var sdk = await CloudflareSdk.StartAsync(version);
        var (users, partners) = (await ConfigureAsync(sdk), await ConfigureAsync(sdk));
        var rules = new JsonArray([.. Enumerable.Range(0, 12).Select(number => Rule(
            number % 2 == 0 ? users : partners,
            $"{number}",
            action: number < 6 ? "block" : "log",
            enabled: number != 3,
            host: number == 4 ? "other.example.com" : "api.example.com"))]);
        var created = await sdk.CallAsync(Rules + "bulkCreate", Zoned(("body", rules)));
        created.AsArray().Count.ShouldBe(12);

        async Task<string> TitlesAsync(params (string, JsonNode?)[] filters) => string.Join(
            ' ', (await sdk.CallAsync(Rules + "list", Zoned([.. filters, ("per_page", 5)]))).AsArray().Select(rule => rule!["title"]));

        (await TitlesAsync()).ShouldBe("0 1 2 3 4 5 6 7 8 9 10 11");
        (await TitlesAsync(("id", created[2]!["id"]!.DeepClone()))).ShouldBe("2");
        (await TitlesAsync(("rule_id", created[7]!["id"]!.DeepClone()))).ShouldBe("7");
        (await TitlesAsync(("action", "block"))).ShouldBe("0 1 2 3 4 5");
        (await TitlesAsync(("enabled", false))).ShouldBe("3");
        (await TitlesAsync(("host", "other.example.com"))).ShouldBe("4");
        (await TitlesAsync(("hostname", "other.example.com"))).ShouldBe("4");
        (await TitlesAsync(("token_configuration", new JsonArray(partners)))).ShouldBe("1 3 5 7 9 11");
        (await TitlesAsync(("token_configuration", new JsonArray(users, partners)), ("action", "log"))).ShouldBe("6 7 8 9 10 11");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Each_filter_of_a_list_of_operations_selects_or_sorts(string version)
    {
        await using var sdk = await CloudflareSdk.StartAsync(version);
        await sdk.CallAsync(Operations + "bulkCreate", Zoned(("body", new JsonArray(
            Operation("GET", "/b/{id}"), Operation("POST", "/c"), Operation("PUT", "/a", "other.example.com")))));

        async Task<string> EndpointsAsync(params (string, JsonNode?)[] filters) =>
            string.Join(' ', (await sdk.CallAsync(Operations + "list", Zoned(filters))).AsArray().Select(one => one!["endpoint"]));

        (await EndpointsAsync()).ShouldBe("/b/{var1} /c /a");
        (await EndpointsAsync(("host", new JsonArray("other.example.com")))).ShouldBe("/a");
        (await EndpointsAsync(("host", new JsonArray("other.example.com", "api.example.com")))).ShouldBe("/b/{var1} /c /a");
        (await EndpointsAsync(("method", new JsonArray("GET", "PUT")))).ShouldBe("/b/{var1} /a");
        (await EndpointsAsync(("endpoint", "/{var1"))).ShouldBe("/b/{var1}");
        (await EndpointsAsync(("order", "endpoint"), ("direction", "desc"))).ShouldBe("/c /b/{var1} /a");
        (await EndpointsAsync(("order", "host"))).ShouldBe("/b/{var1} /c /a");
        (await EndpointsAsync(("feature", new JsonArray("thresholds")))).ShouldBe("/b/{var1} /c /a");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_rule_is_created_at_a_position_changed_in_part_moved_and_deleted(string version)
    {
        await using var sdk = await CloudflareSdk.StartAsync(version);
        var configuration = await ConfigureAsync(sdk);
        var operation = (await sdk.CallAsync(Operations + "create", Zoned(Operation("GET", "/login"))))["operation_id"]!.GetValue<string>();
        var last = Rule(configuration, "last");
        last["selector"]!["exclude"] = new JsonArray(new JsonObject { ["operation_ids"] = new JsonArray(operation) });
        var id = (await sdk.CallAsync(Rules + "create", Zoned(last)))["id"]!.GetValue<string>();
        var first = Rule(configuration, "first");
        first["position"] = new JsonObject { ["index"] = 1 };
        await sdk.CallAsync(Rules + "create", Zoned(first));

        async Task<string> TitlesAsync() => string.Join(' ', (await sdk.CallAsync(Rules + "list", Zoned())).AsArray().Select(rule => rule!["title"]));
        (await TitlesAsync()).ShouldBe("first last");

        var include = new JsonArray(new JsonObject { ["host"] = new JsonArray("v2.example.com") });
        var changed = await sdk.CallAsync(Rules + "edit", id, Zoned(("selector", new JsonObject { ["include"] = include })));
        changed["selector"]!.ToJsonString().ShouldBe($$"""{"include":[{"host":["v2.example.com"]}],"exclude":[{"operation_ids":["{{operation}}"]}]}""");
        (await sdk.CallAsync(Rules + "get", id, Zoned()))["selector"]!.ToJsonString().ShouldBe(changed["selector"]!.ToJsonString());

        await sdk.CallAsync(Rules + "bulkEdit", Zoned(("body", new JsonArray(new JsonObject { ["id"] = id, ["position"] = new JsonObject { ["index"] = 1 } }))));
        (await TitlesAsync()).ShouldBe("last first");
        await sdk.CallAsync(Rules + "delete", id, Zoned());
        (await TitlesAsync()).ShouldBe("first");
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_deletion_of_all_operations_without_a_body_fails_and_says_what_to_send(string version)
    {
        await using var sdk = await CloudflareSdk.StartAsync(version);
        var saved = await sdk.CallAsync(Operations + "bulkCreate", Zoned(("body", new JsonArray(Operation("GET", "/a"), Operation("GET", "/b")))));

        var (status, message) = await sdk.FailAsync(Operations + "bulkDelete", Zoned());
        (await sdk.CallAsync(Operations + "list", Zoned())).AsArray().Count.ShouldBe(2);
        await sdk.CallAsync(Operations + "bulkDelete", Zoned(), new JsonObject
        {
            ["body"] = new JsonArray(new JsonObject { ["operation_id"] = saved[0]!["operation_id"]!.DeepClone() }),
        });

        status.ShouldBe(400);
        message.ShouldContain("operation_id");
        message.ShouldNotContain("Content-Type");
        (await sdk.CallAsync(Operations + "list", Zoned())).AsArray().ShouldHaveSingleItem()!["endpoint"]!.GetValue<string>().ShouldBe("/b");
        await sdk.CallAsync(Operations + "delete", saved[1]!["operation_id"]!.DeepClone(), Zoned());
        (await sdk.CallAsync(Operations + "list", Zoned())).AsArray().ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_errors_of_the_SDKs_own_samples_say_what_to_write_instead(string version)
    {
        await using var sdk = await CloudflareSdk.StartAsync(version);
        var configuration = await ConfigureAsync(sdk);
        var rule = Rule(configuration, "sample");
        rule["selector"] = new JsonObject();

        (await sdk.FailAsync(Rules + "create", Zoned(rule))).Message.ShouldContain("\\\"enabled\\\": false");
        rule["enabled"] = false;
        await sdk.CallAsync(Rules + "create", Zoned(rule));

        var (status, message) = await sdk.FailAsync(Configuration + "delete", configuration, Zoned());
        status.ShouldBe(409);
        message.ShouldContain("create_before_destroy");
    }

    private static async Task<string> ConfigureAsync(CloudflareSdk sdk) => (await sdk.CallAsync(Configuration + "create", Zoned(
        ("title", "Accounts"),
        ("description", "Tokens of accounts."),
        ("token_type", "JWT"),
        ("token_sources", new JsonArray("http.request.headers[\"authorization\"][0]")),
        ("credentials", new JsonObject { ["keys"] = new JsonArray(Key()) }))))["id"]!.GetValue<string>();

    private static JsonObject Key()
    {
        var key = TestKey.Get("current").ToJwk();
        key["kid"] = "current";
        return key;
    }

    private static JsonObject SecretKey() => new() { ["kty"] = "oct", ["alg"] = "HS256", ["kid"] = "shared", ["k"] = Secret };

    private static JsonObject Rule(string configuration, string title, string action = "block", bool enabled = true, string host = "api.example.com") => new()
    {
        ["title"] = title,
        ["description"] = "",
        ["action"] = action,
        ["enabled"] = enabled,
        ["expression"] = $"is_jwt_valid(\"{configuration}\")",
        ["selector"] = new JsonObject { ["include"] = new JsonArray(new JsonObject { ["host"] = new JsonArray(host) }) },
    };

    private static JsonObject Operation(string method, string endpoint, string host = "api.example.com") =>
        new() { ["method"] = method, ["host"] = host, ["endpoint"] = endpoint };

    /// <summary>Parameters of a call: the members, and the zone.</summary>
    private static JsonObject Zoned(params (string Name, JsonNode? Value)[] members)
    {
        var parameters = new JsonObject { ["zone_id"] = CloudflareSdk.Zone };
        foreach (var (name, value) in members)
        {
            parameters[name] = value;
        }

        return parameters;
    }

    private static JsonObject Zoned(JsonObject members) => Zoned([.. members.Select(member => (member.Key, member.Value?.DeepClone()))]);
}
