namespace CfAccess.ApiShield.Tests.Expressions;

/// <summary>What is no expression, where it says so (the place that ▲ marks), and a word of what it says.</summary>
public sealed class ExpressionErrorTests
{
    [Theory]
    [InlineData("▲", "Expected a condition")]
    [InlineData("  ▲", "Expected a condition")]
    [InlineData("▲foo", "foo is no field")]
    [InlineData("▲true", "true is no field")]
    [InlineData("is_jwt_valid(\"a\") ▲AND is_jwt_valid(\"b\")", "Expected and, or, xor, or the end")]
    [InlineData("is_jwt_valid(\"a\") and ▲", "the text ends here")]
    [InlineData("is_jwt_valid(\"a\") and not (is_jwt_valid(\"b\") or ▲)", "Expected a condition")]
    [InlineData("(is_jwt_valid(\"a\")▲", "( opens at position 0")]
    [InlineData("is_jwt_valid(\"a\")▲)", "the end")]
    [InlineData("is_jwt_valid(\"a\") ▲is_jwt_valid(\"b\")", "the end")]
    [InlineData("is_jwt_valid▲", "Expected ( after is_jwt_valid")]
    [InlineData("is_jwt_valid(▲)", "the id of a token configuration")]
    [InlineData("is_jwt_valid(▲http.host)", "the id of a token configuration")]
    [InlineData("is_jwt_valid(\"a\"▲, \"b\")", "Expected ) after the id")]
    [InlineData("is_jwt_valid(\"a\") ▲eq \"true\"", "compared with nothing")]
    [InlineData("(is_jwt_valid(\"a\") or is_jwt_valid(\"b\")) ▲== \"x\"", "compared with nothing")]
    [InlineData("not is_jwt_present(\"a\") ▲in {\"x\"}", "compared with nothing")]
    [InlineData("http.host▲", "what to compare http.host with")]
    [InlineData("http.host ▲and is_jwt_valid(\"a\")", "neither true nor false")]
    [InlineData("http.host eq ▲http.host", "a text to compare with")]
    [InlineData("http.host eq ▲7", "a text to compare with")]
    [InlineData("http.host eq \"a\" ▲eq \"b\"", "the end")]
    [InlineData("http.host ▲= \"a\"", "Write ==")]
    [InlineData("is_jwt_valid(\"a\") ▲& is_jwt_valid(\"b\")", "Write &&")]
    [InlineData("http.host eq ▲'a'", "double quotes")]
    [InlineData("http.host▲\teq \"a\"", "Write a space for the tab")]
    [InlineData("▲é", "U+00E9")]
    [InlineData("▲\"a\" eq http.host", "Expected a condition")]
    [InlineData("http.host in {▲}", "Expected a text")]
    [InlineData("http.host in ▲\"a\"", "Expected { after in")]
    [InlineData("http.host in {\"a\"▲, \"b\"}", "only spaces")]
    [InlineData("http.host in {\"a\"▲", "the text ends here")]
    [InlineData("http.host strict ▲contains \"a\"", "Expected wildcard after strict")]
    [InlineData("http.host wildcard ▲\"a**b\"", "Two *")]
    [InlineData("http.host wildcard ▲r\"a\\b\"", "stands only before * or \\")]
    [InlineData("http.host wildcard ▲r\"a\\\"", "stands only before * or \\")]
    [InlineData("http.host matches ▲\"(\"", "no regular expression")]
    [InlineData("http.host matches ▲r\"(a)\\1\"", "linear time")]
    [InlineData("http.host eq ▲\"a", "does not end. Close it with \"")]
    [InlineData("http.host eq ▲r#\"a\"", "Close it with \"#")]
    [InlineData("http.host eq ▲r#a", "A raw string is")]
    [InlineData("http.host eq \"a▲\\n\"", "stands only before")]
    [InlineData("http.host eq \"▲\\x4\"", "stands only before")]
    [InlineData("http.host eq \"▲\\400\"", "stands only before")]
    [InlineData("http.host eq \"▲\\18\"", "stands only before")]
    [InlineData("http.host eq ▲\"\\xFF\"", "not UTF-8")]
    [InlineData("http.request.headers ▲eq \"a\"", "Expected [")]
    [InlineData("http.request.headers[▲0][0] eq \"a\"", "the name of a header")]
    [InlineData("http.request.headers[▲\"\"][0] eq \"a\"", "empty")]
    [InlineData("http.request.headers[\"a\"] ▲eq \"a\"", "Expected [")]
    [InlineData("http.request.headers[\"a\"][▲*] eq \"a\"", "U+002A")]
    [InlineData("http.request.headers[\"a\"][▲-1] eq \"a\"", "U+002D")]
    [InlineData("http.request.headers[\"a\"][▲01] eq \"a\"", "plain number")]
    [InlineData("http.request.cookies[\"a\"][▲9999999999] eq \"a\"", "plain number")]
    [InlineData("▲http.request.jwt.claims[\"a\"][0] eq \"a\"", "one by one")]
    [InlineData("lookup_json_string(http.request.jwt.claims[\"a\"][▲1], \"b\") eq \"a\"", "Write [0]")]
    [InlineData("lookup_json_string(▲http.host, \"b\") eq \"a\"", "Expected http.request.jwt.claims")]
    [InlineData("lookup_json_string(http.request.jwt.claims[\"a\"][0]▲) eq \"a\"", "Expected ,")]
    [InlineData("lookup_json_string(http.request.jwt.claims[\"a\"][0], \"b\"▲, \"c\") eq \"a\"", "Expected )")]
    public void An_error_says_where_it_is_and_what_is_wrong(string marked, string message)
    {
        var position = marked.IndexOf('▲', StringComparison.Ordinal);
        var error = Parsed.ErrorOf(marked.Remove(position, 1));
        error.Message.ShouldContain(message, Case.Sensitive);
        error.Message.ShouldEndWith(".");
        error.Position.ShouldBe(position, error.Message);
        error.ToString().ShouldStartWith($"at position {error.Position}: ");
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("r\"")]
    public void Half_of_a_surrogate_pair_is_no_text(string open)
    {
        var error = Parsed.ErrorOf($"http.host eq {open}{'\ud83d'}\"");
        error.Message.ShouldContain("half of a character");
        error.Position.ShouldBe(13);
    }

    [Fact]
    public void A_long_name_is_shown_in_part() => Parsed.ErrorOf(new string('a', 5000)).Message.Length.ShouldBeLessThan(300);
}
