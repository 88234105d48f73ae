using System.Diagnostics;
using CfAccess.ApiShield.Expressions.TextTests;

namespace CfAccess.ApiShield.Tests.Expressions;

public sealed class PatternTests
{
    [Theory]
    [InlineData("b", "abc", true)]
    [InlineData("^b", "abc", false)]
    [InlineData("^a.c$", "abc", true)]
    [InlineData("^abc$", "abc\n", false)]
    [InlineData(@"\$", "a$", true)]
    [InlineData("[$]", "a$", true)]
    [InlineData("(?i)ABC", "abc", true)]
    [InlineData("(?i:A)b", "ab", true)]
    [InlineData("(?-i)A", "a", false)]
    [InlineData("(?P<year>[0-9]{4})", "in 2026", true)]
    [InlineData("(?<year>[0-9]{4})-", "2026", false)]
    [InlineData(@"^\p{L}{2,3}$", "abc", true)]
    [InlineData(@"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", "51231d16-01f1-48e3-93f8-91c99e81288e", true)]
    [InlineData(@"^/v[0-9]+/(users|accounts)/[^/]+$", "/v1/accounts/7", true)]
    [InlineData("^(a{3}b){64}$", "aaab", false)]
    [InlineData("^[a-z]{1,63}(\\.[a-z]{1,63}){1,3}$", "www.example.com", true)]
    [InlineData("[]a]", "]", true)]
    [InlineData(@"[\]a]b", "]b", true)]
    [InlineData(@"a\{1\}", "a{1}", true)]
    public void A_pattern_is_found_anywhere(string pattern, string value, bool expected) =>
        Parsed.Holds($"http.request.uri.path matches r\"{pattern}\"", new TestFacts().With(path: value)).ShouldBe(expected);

    /// <summary>What .NET would take for something else than Cloudflare does, or not in linear time.</summary>
    [Theory]
    [InlineData("[[:alpha:]]")]
    [InlineData("[a-z&&[^aeiou]]")]
    [InlineData("[a-z&&b]")]
    [InlineData("[a-z--b]")]
    [InlineData("[a-z-[aeiou]]")]
    [InlineData(@"a\Z")]
    [InlineData(@"\<a\>")]
    [InlineData(@"\b{start}a")]
    [InlineData("(?m)^a$")]
    [InlineData("(?x) a # b")]
    [InlineData("(?#comment)a")]
    [InlineData("(?'name'a)")]
    [InlineData("(?=a)")]
    [InlineData("(?!a)")]
    [InlineData("(?<=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)")]
    [InlineData(@"(a)\1")]
    [InlineData("a{,3}")]
    [InlineData("a{b}")]
    [InlineData("a{")]
    [InlineData("a{1,2,3}")]
    [InlineData("a{99999999999}")]
    [InlineData("a**")]
    [InlineData("(?")]
    [InlineData("(?i")]
    [InlineData("[a")]
    [InlineData(@"\")]
    [InlineData(@"\p{")]
    [InlineData(")")]
    [InlineData("a{5}{1000}")]
    [InlineData("((a{100}){100}){100}")]
    [InlineData("(a{2000}b)?")]
    [InlineData("a{257}")]
    [InlineData("(a{10}b){25}")]
    [InlineData("(.{0,40}a.{0,40}b){6}c")]
    [InlineData("(((((a{99}){99}){99}){99}){99}){99}")]
    public void What_reads_differently_elsewhere_or_costs_much_is_refused(string pattern) =>
        Parsed.ErrorOf($"http.host matches r#\"{pattern}\"#").Position.ShouldBe(18);

    [Fact]
    public void A_pattern_has_a_bounded_length()
    {
        Parsed.Of($"http.host matches \"{new string('a', RegexDialect.MaximumLength)}\"");
        Parsed.ErrorOf($"http.host matches \"{new string('a', RegexDialect.MaximumLength + 1)}\"").Message.ShouldContain("at most 1024");
    }

    /// <summary>A backtracking engine would need longer than the world has; the bound here is only far from that.</summary>
    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("(a*)*b")]
    [InlineData("(.*a){20}x")]
    public void No_text_makes_a_pattern_slow(string pattern)
    {
        var expression = Parsed.Of($"http.request.uri.path matches r\"{pattern}\"");
        var facts = new TestFacts().With(path: new string('a', 30_000) + "!");
        var watch = Stopwatch.StartNew();
        expression.Evaluate(facts).ShouldBeFalse();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }
}
