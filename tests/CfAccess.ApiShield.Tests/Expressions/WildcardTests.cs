namespace CfAccess.ApiShield.Tests.Expressions;

public sealed class WildcardTests
{
    [Theory]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "anything", true)]
    [InlineData("a*", "a", true)]
    [InlineData("a*", "ba", false)]
    [InlineData("*a", "ba", true)]
    [InlineData("*a", "ab", false)]
    [InlineData("a*c", "abcbc", true)]
    [InlineData("a*c", "abcb", false)]
    [InlineData("*ab*ab*", "abab", true)]
    [InlineData("*ab*ab*", "aab", false)]
    [InlineData("a*bc*d", "abbcbcd", true)]
    [InlineData("*.example.com", "a.b.example.com", true)]
    [InlineData("*.example.com", "example.com", false)]
    [InlineData(@"a\*b", "a*b", true)]
    [InlineData(@"a\*b", "axb", false)]
    [InlineData(@"a\\b", @"a\b", true)]
    [InlineData("a?b", "axb", false)]
    [InlineData("a.b", "axb", false)]
    [InlineData("GET", "get", true)]
    [InlineData("[", "{", false)]
    [InlineData("@", "`", false)]
    [InlineData("É", "é", false)]
    [InlineData("k", "\u212A", false)]
    public void A_wildcard_matches_the_whole_text_whatever_the_case_of_ASCII(string pattern, string value, bool expected) =>
        Parsed.Holds($"http.request.uri.path wildcard r\"{pattern}\"", new TestFacts().With(path: value)).ShouldBe(expected);

    [Theory]
    [InlineData("/Api/*", "/Api/x", true)]
    [InlineData("/Api/*", "/api/x", false)]
    [InlineData("*X", "ax", false)]
    public void A_strict_wildcard_heeds_case(string pattern, string value, bool expected) =>
        Parsed.Holds($"http.request.uri.path strict wildcard r\"{pattern}\"", new TestFacts().With(path: value)).ShouldBe(expected);
}
