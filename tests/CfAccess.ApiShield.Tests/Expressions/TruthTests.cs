using CfAccess.ApiShield.Expressions;

namespace CfAccess.ApiShield.Tests.Expressions;

public sealed class TruthTests
{
    /// <summary>The first is the documentation's own example, which never acts; the second is what it means to say.</summary>
    [Theory]
    [InlineData("is_jwt_valid(\"a\") or not is_jwt_valid(\"a\")", "AlwaysTrue")]
    [InlineData("is_jwt_valid(\"a\") or not is_jwt_present(\"a\")", "Open")]
    [InlineData("is_jwt_valid(\"a\")", "Open")]
    [InlineData("is_jwt_valid(\"a\") and !is_jwt_valid(r\"a\")", "AlwaysFalse")]
    [InlineData("is_jwt_valid(\"a\") and not is_jwt_present(\"a\")", "AlwaysFalse")]
    [InlineData("is_jwt_valid(\"a\") or not is_jwt_valid(\"A\")", "AlwaysTrue")]
    [InlineData("is_jwt_valid(\"A\") and not is_jwt_present(\"a\")", "AlwaysFalse")]
    [InlineData("lookup_json_string(http.request.jwt.claims[\"A\"][0], \"x\") eq \"1\" and lookup_json_string(http.request.jwt.claims[\"a\"][0], \"x\") eq \"2\"", "AlwaysFalse")]
    [InlineData("is_jwt_valid(\"a\") and not is_jwt_present(\"b\")", "Open")]
    [InlineData("is_jwt_present(\"a\") or not is_jwt_valid(\"a\")", "AlwaysTrue")]
    [InlineData("is_jwt_valid(\"a\") xor is_jwt_valid(\"a\")", "AlwaysFalse")]
    [InlineData("is_jwt_valid(\"a\") xor not is_jwt_valid(\"a\")", "AlwaysTrue")]
    [InlineData("http.host eq \"a\" or http.host ne \"a\"", "AlwaysTrue")]
    [InlineData("http.host ne \"a\" or http.host ne \"b\"", "AlwaysTrue")]
    [InlineData("http.host eq \"a\" and http.host eq \"b\"", "AlwaysFalse")]
    [InlineData("http.host eq \"a\" and http.request.uri.path eq \"b\"", "Open")]
    [InlineData("http.request.headers[\"x\"][0] lt \"a\" or http.request.headers[\"x\"][0] ge \"a\"", "Open")]
    [InlineData("not (is_jwt_valid(\"a\") and http.host eq \"x\") or is_jwt_valid(\"a\")", "AlwaysTrue")]
    public void What_says_the_same_of_every_request_is_found(string text, string truth) =>
        Parsed.Of(text).Truth.ToString().ShouldBe(truth);

    [Fact]
    public void Beyond_twelve_questions_it_does_not_look()
    {
        Parsed.Of(Questions(12) + " or not http.host eq \"0\"").Truth.ShouldBe(ExpressionTruth.AlwaysTrue);
        Parsed.Of(Questions(13) + " or not http.host eq \"0\"").Truth.ShouldBe(ExpressionTruth.Open);
    }

    private static string Questions(int count) => string.Join(" or ", Enumerable.Range(0, count).Select(i => $"http.host eq \"{i}\""));
}
