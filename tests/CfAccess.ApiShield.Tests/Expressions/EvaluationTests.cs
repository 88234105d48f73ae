namespace CfAccess.ApiShield.Tests.Expressions;

public sealed class EvaluationTests
{
    private const int Times = 1_000;

    [Theory]
    [InlineData("http.request.method eq \"POST\" and is_jwt_valid(\"a\")", 1)]
    [InlineData("http.request.method eq \"GET\" or is_jwt_valid(\"a\")", 1)]
    [InlineData("not is_jwt_present(\"a\") or is_jwt_valid(\"a\")", 1)]
    [InlineData("is_jwt_present(\"a\") and (is_jwt_valid(\"a\") or is_jwt_valid(\"b\"))", 1)]
    [InlineData("http.host eq \"x\" and is_jwt_valid(\"a\") or http.request.method eq \"GET\" or is_jwt_valid(\"b\")", 2)]
    [InlineData("not (http.host eq \"api.example.com\" or is_jwt_valid(\"a\"))", 1)]
    public void No_signature_is_checked_that_decides_nothing(string text, int questions)
    {
        var facts = new TestFacts();
        Parsed.Of(text).Evaluate(facts);
        facts.SignatureChecks.ShouldBe(0);
        facts.Questions.ShouldBe(questions);
    }

    [Fact]
    public void Xor_needs_both_sides()
    {
        var facts = new TestFacts { Valid = { "a" } };
        Parsed.Of("is_jwt_valid(\"a\") xor is_jwt_valid(\"b\")").Evaluate(facts).ShouldBeTrue();
        facts.SignatureChecks.ShouldBe(2);
    }

    [Theory]
    [InlineData("is_jwt_valid(\"a\") or not is_jwt_present(\"a\") xor (is_jwt_present(\"b\") and is_jwt_valid(\"b\"))")]
    [InlineData("http.request.method ne \"a\" and http.host lt \"z\" and http.request.uri.path ge \"/\"")]
    [InlineData("http.request.method in {\"PUT\" \"POST\" \"PATCH\"} or http.host contains \"x.y\"")]
    [InlineData("http.request.headers[\"X-Key\"][0] eq \"v\" and http.request.cookies[\"sid\"][0] ne \"w\"")]
    [InlineData("http.request.uri.path wildcard \"*/ACCOUNTS/*\" and not http.host strict wildcard \"*.x*.com\"")]
    [InlineData("lookup_json_string(http.request.jwt.claims[\"a\"][0], \"role\") in {\"admin\" \"user\"}")]
    [InlineData("http.request.uri.path matches r\"^/v[0-9]+/(accounts|users)/[^/]+$\"")]
    [InlineData("not http.request.uri.path matches r\"\\p{Lu}x|y.{3}z\"")]
    public void Evaluation_allocates_nothing(string text)
    {
        var facts = new TestFacts
        {
            Headers = { [("x-key", 0)] = "v" },
            Cookies = { [("sid", 0)] = "v" },
            Claims = { [("a", "role")] = "user" },
            Present = { "a", "b" },
            Valid = { "a" },
        };
        var expression = Parsed.Of(text);
        for (var i = 0; i < Times; i++)
        {
            expression.Evaluate(facts);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Times; i++)
        {
            expression.Evaluate(facts);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
