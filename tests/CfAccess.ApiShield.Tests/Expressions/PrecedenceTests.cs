namespace CfAccess.ApiShield.Tests.Expressions;

public sealed class PrecedenceTests
{
    /// <summary>Every way to answer three questions, against C#'s own operators with their parentheses written out.</summary>
    [Fact]
    public void Not_binds_tighter_than_and_which_binds_tighter_than_xor_which_binds_tighter_than_or()
    {
        (string Text, Func<bool, bool, bool, bool> Meaning)[] cases =
        [
            ("{a} or {b} and {c}", (a, b, c) => a || (b && c)),
            ("{a} and {b} or {c}", (a, b, c) => (a && b) || c),
            ("{a} xor {b} and {c}", (a, b, c) => a ^ (b && c)),
            ("{a} and {b} xor {c}", (a, b, c) => (a && b) ^ c),
            ("{a} or {b} xor {c}", (a, b, c) => a || (b ^ c)),
            ("{a} xor {b} or {c}", (a, b, c) => (a ^ b) || c),
            ("{a} xor {b} xor {c}", (a, b, c) => a ^ b ^ c),
            ("not {a} and {b} or not not {c}", (a, b, c) => (!a && b) || c),
            ("not ({a} and {b}) xor {c}", (a, b, c) => !(a && b) ^ c),
            ("!{a}&&{b}||{c}", (a, b, c) => (!a && b) || c),
            ("{a}^^({b}||{c})", (a, b, c) => a ^ (b || c)),
            ("({a} or {b}) and ({c})", (a, b, c) => (a || b) && c),
            ("not{a}and{b}or{c}", (a, b, c) => (!a && b) || c),
        ];
        foreach (var (text, meaning) in cases)
        {
            var spelled = text.Replace("{a}", " is_jwt_valid(\"a\") ").Replace("{b}", " is_jwt_valid(\"b\") ").Replace("{c}", " is_jwt_valid(\"c\") ");
            var expression = Parsed.Of(spelled);
            for (var row = 0; row < 8; row++)
            {
                var (a, b, c) = ((row & 1) != 0, (row & 2) != 0, (row & 4) != 0);
                var facts = new TestFacts();
                facts.Valid.UnionWith(new[] { a ? "a" : null, b ? "b" : null, c ? "c" : null }.OfType<string>());
                expression.Evaluate(facts).ShouldBe(meaning(a, b, c), $"{spelled} of {a}, {b}, {c}");
            }
        }
    }

    [Theory]
    [InlineData("((is_jwt_valid(\"a\")))", "is_jwt_valid(\"a\")")]
    [InlineData("!(is_jwt_valid(\"a\")&&is_jwt_present(\"a\"))", "not (is_jwt_valid(\"a\") and is_jwt_present(\"a\"))")]
    [InlineData("(not is_jwt_valid(\"a\"))||http.host==\"b\"", "not is_jwt_valid(\"a\") or http.host eq \"b\"")]
    [InlineData("http.host ~ r#\"a\"\\b\"#", "http.host matches \"a\\\"\\\\b\"")]
    [InlineData("http.host in {\"a\"   r\"b\"}", "http.host in {\"a\" \"b\"}")]
    [InlineData("http.request.headers[\"A\"][7] ne \"\\x00\\x7f\\012\"", "http.request.headers[\"A\"][7] ne \"\\x00\\x7F\\x0A\"")]
    [InlineData(
        "(http.host eq \"a\" or http.host eq \"b\") and (http.host eq \"c\" and http.host eq \"d\")",
        "(http.host eq \"a\" or http.host eq \"b\") and http.host eq \"c\" and http.host eq \"d\"")]
    [InlineData(
        "lookup_json_string( http.request.jwt.claims [ \"i\" ] [0] ,\"n\") wildcard \"*\"",
        "lookup_json_string(http.request.jwt.claims[\"i\"][0], \"n\") wildcard \"*\"")]
    public void An_expression_has_one_spelling_in_which_it_is_printed(string text, string printed)
    {
        Parsed.Of(text).ToString().ShouldBe(printed);
        Parsed.Of(printed).ToString().ShouldBe(printed);
    }
}
