namespace CfAccess.ApiShield.Tests.Expressions;

public sealed class OperatorTests
{
    [Theory]
    [InlineData("eq", "b", false, true, false)]
    [InlineData("==", "b", false, true, false)]
    [InlineData("ne", "b", true, false, true)]
    [InlineData("!=", "b", true, false, true)]
    [InlineData("lt", "b", true, false, false)]
    [InlineData("<", "b", true, false, false)]
    [InlineData("le", "b", true, true, false)]
    [InlineData("<=", "b", true, true, false)]
    [InlineData("gt", "b", false, false, true)]
    [InlineData(">", "b", false, false, true)]
    [InlineData("ge", "b", false, true, true)]
    [InlineData(">=", "b", false, true, true)]
    public void Each_order_is_a_word_and_a_sign(string sign, string literal, bool below, bool same, bool above)
    {
        foreach (var (method, expected) in new[] { ("a", below), ("", below), ("b", same), ("ba", above), ("c", above) })
        {
            Parsed.Holds($"http.request.method {sign} \"{literal}\"", new TestFacts().With(method)).ShouldBe(expected, method);
        }
    }

    [Fact]
    public void Texts_are_ordered_by_the_bytes_of_UTF_8()
    {
        var facts = new TestFacts().With(path: "/\uFF5E");
        Parsed.Holds("http.request.uri.path lt \"/😀\"", facts).ShouldBeTrue();
        Parsed.Holds("http.request.uri.path lt \"/\uE000\"", facts).ShouldBeFalse();
        Parsed.Holds("http.request.uri.path lt \"/😁\"", new TestFacts().With(path: "/😀")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("eq \"get\"", false)]
    [InlineData("contains \"ET\"", true)]
    [InlineData("contains \"\"", true)]
    [InlineData("contains \"et\"", false)]
    [InlineData("in {\"POST\" \"GET\"}", true)]
    [InlineData("in {\"POST\"\r\n \"get\"}", false)]
    [InlineData("in{\"GET\"}", true)]
    [InlineData("matches \"^G\"", true)]
    [InlineData("~ \"^g\"", false)]
    [InlineData("wildcard \"g*\"", true)]
    [InlineData("strict wildcard \"g*\"", false)]
    [InlineData("strict\nwildcard \"G*\"", true)]
    public void Case_counts_everywhere_but_in_wildcard(string test, bool expected) =>
        Parsed.Holds("http.request.method " + test).ShouldBe(expected);

    [Theory]
    [InlineData("http.request.headers[\"x-none\"][0]")]
    [InlineData("http.request.headers[\"x-one\"][1]")]
    [InlineData("http.request.cookies[\"Sid\"][0]")]
    [InlineData("lookup_json_string(http.request.jwt.claims[\"a\"][0], \"sub\")")]
    public void Of_what_is_missing_only_ne_is_true(string operand)
    {
        var facts = new TestFacts { Headers = { [("x-one", 0)] = "1" }, Cookies = { [("sid", 0)] = "1" } };
        foreach (var test in new[]
        {
            "eq \"\"", "lt \"z\"", "le \"\"", "gt \"\"", "ge \"\"", "contains \"\"", "in {\"\"}", "wildcard \"*\"", "strict wildcard \"*\"",
            "matches \"\"",
        })
        {
            Parsed.Holds($"{operand} {test}", facts).ShouldBeFalse(test);
        }

        Parsed.Holds($"{operand} ne \"\"", facts).ShouldBeTrue();
        Parsed.Holds($"not {operand} eq \"\"", facts).ShouldBeTrue();
    }

    [Fact]
    public void Each_field_and_function_reads_what_it_names()
    {
        var facts = new TestFacts
        {
            Headers = { [("accept", 0)] = "a", [("accept", 1)] = "b" },
            Cookies = { [("Sid", 0)] = "s" },
            Claims = { [("c1", "role")] = "admin" },
            Present = { "c1", "c2" },
            Valid = { "c1" },
        };
        foreach (var text in new[]
        {
            "http.request.method eq \"GET\"",
            "http.host eq \"api.example.com\"",
            "http.request.uri.path eq \"/v1/accounts/7\"",
            "http.request.headers[\"accept\"][0] eq \"a\"",
            "http.request.headers [ \"Accept\" ] [ 1 ] eq \"b\"",
            "http.request.cookies[\"Sid\"][0] eq \"s\"",
            "lookup_json_string(http.request.jwt.claims[\"c1\"][0], \"role\") eq \"admin\"",
            "is_jwt_valid (\"c1\")",
            "is_jwt_present(\"c2\")",
            "not is_jwt_valid(\"c2\")",
            "! is_jwt_present(r\"c3\")",
        })
        {
            Parsed.Holds(text, facts).ShouldBeTrue(text);
        }
    }
}
