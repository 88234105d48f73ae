using System.Text.Json.Nodes;

namespace CfAccess.ApiShield.Tests.Documents;

/// <summary>What the document of rules may say.</summary>
public sealed class RuleDocumentTests
{
    [Fact]
    public void A_good_rule_gives_nothing_to_say() => Papers.SaidOfRules(Papers.Rule()).ShouldBeEmpty();

    [Theory]
    [InlineData("id", "null", "!/0/id: is missing")]
    [InlineData("id", "\"1\"", "!/0/id: is no UUID")]
    [InlineData("id", "1", "!/0/id: has to be a text")]
    [InlineData("title", "null", "!/0/title: is missing")]
    [InlineData("action", "null", "!/0/action: is missing")]
    [InlineData("action", "\"deny\"", "!/0/action: is neither. Write \"log\" or \"block\"")]
    [InlineData("enabled", "null", "!/0/enabled: is missing")]
    [InlineData("enabled", "\"true\"", "!/0/enabled: has to be true or false, without quotes")]
    [InlineData("expression", "null", "!/0/expression: is missing")]
    [InlineData("expression", "\"is_jwt_valid(\"", "!/0/expression: is no expression, at character 14: ")]
    [InlineData("expression", "\"\"", "!/0/expression: is no expression, at character 1: ")]
    [InlineData("expression", "\"is_jwt_present(\\\"fddfc39e-3686-4683-ab23-bf917da6bb43\\\")\"", "!/0/expression: names at character 16 the token configuration \"fddf")]
    [InlineData("expression", "[]", "!/0/expression: has to be a text")]
    [InlineData("selector", "null", "!/0/selector: is missing")]
    [InlineData("selector", "[]", "!/0/selector: has to be an object")]
    [InlineData("selector", "{}", "!/0/selector: includes no host, so this rule would protect nothing")]
    [InlineData("selector", """{"include":[]}""", "!/0/selector: includes no host")]
    [InlineData("selector", """{"include":[{"host":[]}]}""", "!/0/selector: includes no host")]
    [InlineData("selector", """{"include":[{"host":["a.test"]},5]}""", "!/0/selector/include/1: has to be an object")]
    [InlineData("selector", """{"include":[{"host":["a.test"]},{"host":"a.test"}]}""", "!/0/selector/include/1/host: has to be a list")]
    [InlineData("selector", """{"include":[{"host":["a.test",7]}]}""", "!/0/selector/include/0/host/1: has to be a text")]
    [InlineData("selector", """{"include":[{"host":["a.test","https://a.test"]}]}""", "!/0/selector/include/0/host/1: has to be a host name alone")]
    [InlineData("selector", """{"include":[{"host":["a.test"]}],"exclude":[{"operation_ids":["x"]}]}""", "!/0/selector/exclude/0/operation_ids/0: is no UUID")]
    [InlineData("created_at", "\"yesterday\"", "!/0/created_at: has to be a time")]
    [InlineData("last_updated", "5", "!/0/last_updated: has to be a time")]
    public void A_wrong_member_is_told_of_where_it_stands(string member, string json, string said) =>
        Papers.SaidOfRules(Papers.Rule(rule => rule[member] = JsonNode.Parse(json))).ShouldHaveSingleItem().ShouldStartWith(said);

    [Theory]
    [InlineData("Block")]
    [InlineData("BLOCK")]
    public void An_action_is_valid_in_any_case(string action) =>
        Papers.SaidOfRules(Papers.Rule(rule => rule["action"] = action)).ShouldBeEmpty();

    [Fact]
    public void All_errors_are_told_at_once() =>
        Papers.SaidOfRules(
            Papers.Rule(rule =>
            {
                rule["title"] = new string('x', 51);
                rule["action"] = "allow";
                rule["expression"] = "not";
                rule.Remove("selector");
            }),
            JsonValue.Create("a rule"),
            Papers.Rule(rule => rule["description"] = new string('x', 501)))
        .Select(said => said.Split(": ")[0])
        .ShouldBe(["!/0/title", "!/0/action", "!/0/expression", "!/0/selector", "!/1", "!/2/description"]);

    [Fact]
    public void Titles_and_descriptions_are_counted_in_characters()
    {
        Papers.SaidOfRules(Papers.Rule(rule => (rule["title"], rule["description"]) = (Clefs(50), Clefs(500)))).ShouldBeEmpty();
        Papers.SaidOfRules(Papers.Rule(rule => rule["title"] = Clefs(51))).ShouldHaveSingleItem()
            .ShouldBe("!/0/title: has 51 characters, and may have 50.");

        static string Clefs(int count) => string.Concat(Enumerable.Repeat("\U0001D11E", count));
    }

    [Fact]
    public void Two_rules_have_two_ids() =>
        Papers.SaidOfRules(Papers.Rule(), Papers.Rule(rule => rule["id"] = Papers.RuleId.ToUpperInvariant())).ShouldHaveSingleItem()
            .ShouldBe("!/1/id: is that of /0 too. Write another UUID.");

    [Fact]
    public void What_is_not_known_is_dropped_and_told_of()
    {
        var said = Papers.SaidOfRules(Papers.Rule(rule =>
        {
            rule["priority"] = 1;
            rule["modified_by"] = "user@example.com";
            rule["selector"]!.AsObject()["exlude"] = new JsonArray();
        }));

        said.Select(one => one.Split(": ")[0]).ShouldBe(["/0/selector/exlude", "/0/priority"]);
        said[0].ShouldContain("exclude");
    }
}
