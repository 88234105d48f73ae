using System.Text.Json.Nodes;

namespace CfAccess.ApiShield.Tests.Linting;

/// <summary>What the linter finds in documents that can be used, and hardly be meant.</summary>
public sealed class LinterTests
{
    [Fact]
    public void Documents_with_nothing_to_find_give_nothing_to_say() => ApiShieldLinter.Lint(new ShieldDocuments().Load()).ShouldBeEmpty();

    [Fact]
    public void The_expression_of_the_documentation_that_is_always_true_is_found() =>
        Found(documents => documents.Rules[0]!["expression"] = $"{ShieldDocuments.NeedsToken} or not {ShieldDocuments.NeedsToken}")
            .ShouldBe("/0/expression: is true of every request, so the rule never acts. To let requests without a token pass and act on invalid "
                + "ones, write is_jwt_valid(\"…\") or not is_jwt_present(\"…\").");

    [Fact]
    public void What_was_meant_by_it_is_not() =>
        Finds(documents => documents.Rules[0]!["expression"] =
            $"{ShieldDocuments.NeedsToken} or not is_jwt_present(\"{ShieldDocuments.ConfigurationId}\")").ShouldBeEmpty();

    [Fact]
    public void An_expression_that_is_always_false_is_found() =>
        Found(documents => documents.Rules[0]!["expression"] = $"{ShieldDocuments.NeedsToken} and not {ShieldDocuments.NeedsToken}")
            .ShouldStartWith("/0/expression: is false of every request, so the rule acts on all of them");

    [Fact]
    public void A_configuration_that_there_is_none_of_is_an_error()
    {
        var documents = ShieldDocuments.With(documents => documents.Rules[0]!["expression"] =
            $"is_jwt_valid(\"{ShieldDocuments.OtherConfigurationId}\")");

        ApiShieldLinter.Lint(documents.Options()).ShouldContain(problem => problem.Severity == ApiShieldSeverity.Error
            && problem.Pointer == "/0/expression"
            && problem.Message.Contains($"\"{ShieldDocuments.OtherConfigurationId}\", which there is none of. There is {ShieldDocuments.ConfigurationId}."));
    }

    [Fact]
    public void A_rule_that_earlier_ones_leave_nothing_to_is_found() =>
        Found(documents => documents.Rules.Add(ShieldDocuments.Rule(action: "log")))
            .ShouldStartWith("/1/selector: covers only operations that earlier rules have taken, such as /0, so the rule never acts.");

    [Fact]
    public void A_rule_that_is_left_one_operation_is_not() =>
        Finds(documents => documents.Rules.Add(ShieldDocuments.Rule(action: "log", excluded: ShieldDocuments.AccountId))).ShouldBeEmpty();

    [Fact]
    public void A_rule_behind_a_disabled_one_is_not() =>
        Finds(documents =>
        {
            documents.Rules[0]!["enabled"] = false;
            documents.Rules.Add(ShieldDocuments.Rule());
        }).ShouldBeEmpty();

    [Fact]
    public void An_empty_include_is_found_where_it_is_allowed() =>
        Found(documents => documents.Rules[0]!["selector"] = new JsonObject(), options => options.AllowEmptySelectors = true)
            .ShouldStartWith("/0/selector: includes no host, so the rule covers nothing.");

    [Fact]
    public void And_where_the_rule_is_disabled() =>
        Found(documents => (documents.Rules[0]!["selector"], documents.Rules[0]!["enabled"]) = (new JsonObject(), false))
            .ShouldStartWith("/0/selector: includes no host");

    [Fact]
    public void A_header_in_upper_case_is_found_in_an_expression() =>
        Found(documents => documents.Rules[0]!["expression"] = $"{ShieldDocuments.NeedsToken} and http.request.headers[\"X-Key\"][0] eq \"1\"")
            .ShouldContain("the header \"X-Key\". Cloudflare knows headers by their names in lower case: write \"x-key\".");

    [Fact]
    public void And_in_a_token_source() =>
        Found(documents => documents.Configurations[0]!["token_sources"]!.AsArray().Add("http.request.headers[\"X-Token\"][0]"))
            .ShouldStartWith("/0/token_sources/2: names the header \"X-Token\".");

    [Fact]
    public void A_cookie_in_upper_case_is_not() =>
        Finds(documents => documents.Configurations[0]!["token_sources"]!.AsArray().Add("http.request.cookies[\"Session\"][0]")).ShouldBeEmpty();

    [Fact]
    public void A_host_without_operations_is_found() =>
        Found(documents => documents.Rules[0]!["selector"]!["include"]!.AsArray().Add(new JsonObject { ["host"] = new JsonArray("V2.example.com") }))
            .ShouldBe("/0/selector: includes the host v2.example.com, which no operation has. Save its operations, or correct the name.");

    [Fact]
    public void An_excluded_operation_that_there_is_none_of_is_found() =>
        Found(documents => documents.Rules[0] = ShieldDocuments.Rule(excluded: ["56828eae-035a-4396-ba07-51c66d680a04", ShieldDocuments.LoginId]))
            .ShouldStartWith("/0/selector: excludes the operation 56828eae-035a-4396-ba07-51c66d680a04, which there is none of.");

    [Fact]
    public void What_was_dropped_from_the_documents_is_told_too() =>
        ApiShieldLinter.Lint(ShieldDocuments.With(documents => documents.Rules[0]!["priority"] = 1).Options())
            .ShouldContain(problem => problem.Pointer == "/0/priority" && problem.Severity == ApiShieldSeverity.Warning);

    private static string Found(Action<ShieldDocuments> change, Action<ApiShieldOptions>? configure = null) =>
        Finds(change, configure).ShouldHaveSingleItem();

    private static IReadOnlyList<string> Finds(Action<ShieldDocuments> change, Action<ApiShieldOptions>? configure = null) =>
        [.. ApiShieldLinter.Lint(ShieldDocuments.With(change).Load(configure)).Select(problem => $"{problem.Pointer}: {problem.Message}")];
}
