using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using CfAccess.Testing;
using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Tests;

/// <summary>Reading, asking, and writing a rule set, without an application.</summary>
public sealed partial class RuleSetTests
{
    private const string Secret = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY";

    [Fact]
    public void Errors_and_warnings_are_reported_without_an_exception()
    {
        var wrong = ShieldDocuments.With(documents =>
        {
            documents.Rules[0]!["action"] = "allow";
            documents.Operations[1]!["surprise"] = 1;
        });

        ApiShieldRuleSet.TryLoad(wrong.Options(), out var set, out var problems).ShouldBeFalse();

        set.ShouldBeNull();
        problems.Select(problem => $"{problem.Severity} {problem.Document} {problem.Pointer}").ShouldBe(
            ["Warning Configurations /0/credentials/keys/0", "Error Rules /0/action", "Warning Operations /1/surprise"]);
        wrong.Rules[0]!["action"] = "block";
        ApiShieldRuleSet.TryLoad(wrong.Options(), out set, out problems).ShouldBeTrue();
        set.ShouldNotBeNull().Warnings.ShouldBe(problems);
    }

    [Fact]
    public void A_written_rule_set_is_read_again_with_its_secrets()
    {
        var set = ShieldDocuments.With(documents => documents.Configurations[0]!["credentials"]!["keys"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject
        {
            ["kty"] = "oct",
            ["alg"] = "HS256",
            ["kid"] = "secret",
            ["k"] = Secret,
            ["surprise"] = "x",
        })).Load();

        var again = ApiShieldRuleSet.Load(new()
        {
            Configurations = ApiShieldDocumentSource.FromJson(Write(set, ApiShieldDocumentKind.Configurations)),
            Rules = ApiShieldDocumentSource.FromJson(Write(set, ApiShieldDocumentKind.Rules)),
            Operations = ApiShieldDocumentSource.FromJson(Write(set, ApiShieldDocumentKind.Operations)),
        });

        again.Warnings.ShouldBeEmpty("what was dropped was not written");
        foreach (var kind in Enum.GetValues<ApiShieldDocumentKind>())
        {
            Write(again, kind).ShouldBe(Write(set, kind));
        }

        Write(again, ApiShieldDocumentKind.Configurations).ShouldContain(Secret);
        JsonSerializer.Serialize(again.Configurations).ShouldNotContain(Secret);
        Should.Throw<ArgumentOutOfRangeException>(() => Write(set, (ApiShieldDocumentKind)7));
    }

    [Fact]
    public void Rules_are_found_by_the_configuration_that_their_expression_names()
    {
        var set = ShieldDocuments.With(documents =>
        {
            documents.Rules.Add(ShieldDocuments.Rule(expression: $"not is_jwt_valid(\"{ShieldDocuments.ConfigurationId.ToUpperInvariant()}\")"));
            documents.Rules[1]!["enabled"] = false;
            documents.Rules.Add(ShieldDocuments.Rule(expression: "http.host eq \"x\""));
        }).Load();

        set.GetRulesByConfiguration(ShieldDocuments.ConfigurationId.ToUpperInvariant()).ShouldBe([set.Rules[0], set.Rules[1]]);
        set.GetRulesByConfiguration(ShieldDocuments.OtherConfigurationId).ShouldBeEmpty();
    }

    [Fact]
    public void A_request_is_evaluated_with_the_options_and_the_clock_of_the_call()
    {
        var set = ShieldDocuments.With(documents => documents.Configurations.Add(
            ShieldDocuments.Configuration(ShieldDocuments.OtherConfigurationId, TestKey.Get("other").ToJwk()))).Load();
        var options = new ApiShieldOptions { HostAliases = { ["localhost"] = ShieldDocuments.Host } };

        var found = set.Evaluate(Request("localhost"), options);

        (found.Outcome, found.IsBlocked).ShouldBe((ApiShieldOutcome.Blocked, true));
        found.EvaluatedVerdicts.Keys.ShouldBe([ShieldDocuments.ConfigurationId], "no rule names the other");
        found.Verdicts.Count.ShouldBe(2);
        found.EvaluatedVerdicts.Count.ShouldBe(2, "all were asked for by now");
        set.Evaluate(Request("x.example.com"), options).Outcome.ShouldBe(ApiShieldOutcome.BlockedUnknownHost);
        var other = set.Evaluate(Request("x.example.com"), new() { UnknownHosts = ApiShieldUnknown.Allow });
        (other.Outcome, other.IsBlocked).ShouldBe((ApiShieldOutcome.Unmatched, false));
    }

    [Fact]
    public void A_serializer_context_of_the_application_can_include_the_records()
    {
        var set = ShieldDocuments.With(documents => documents.Rules[0]!["created_at"] = "2023-11-08T16:45:17.2Z").Load();

        var text = JsonSerializer.Serialize(set.Rules[0], ApplicationJson.Default.ApiShieldRule);

        text.ShouldContain("\"created_at\":\"2023-11-08T16:45:17.200000Z\"");
        JsonSerializer.Deserialize(text, ApplicationJson.Default.ApiShieldRule)!.CreatedAt.ShouldBe(set.Rules[0].CreatedAt);
    }

    private static DefaultHttpContext Request(string host) =>
        new() { Request = { Method = "GET", Scheme = "https", Host = new(host), Path = "/accounts/1" } };

    private static string Write(ApiShieldRuleSet set, ApiShieldDocumentKind document)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            set.WriteDocumentWithSecrets(writer, document);
        }

        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    [JsonSerializable(typeof(ApiShieldRule))]
    private sealed partial class ApplicationJson : JsonSerializerContext;
}
