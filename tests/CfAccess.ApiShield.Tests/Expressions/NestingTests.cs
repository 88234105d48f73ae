using System.Text;

namespace CfAccess.ApiShield.Tests.Expressions;

public sealed class NestingTests
{
    private const string Leaf = "is_jwt_valid(\"a\")";

    [Theory]
    [InlineData("not ", "")]
    [InlineData("!", "")]
    [InlineData("(", ")")]
    [InlineData("not (", ")")]
    [InlineData("is_jwt_valid(\"b\") or (", ")")]
    public void Parentheses_and_not_stand_128_deep_and_no_deeper(string open, string close)
    {
        var times = open == "not (" ? 64 : 128;
        Parsed.Of(Repeat(open, times) + Leaf + Repeat(close, times));

        var error = Parsed.ErrorOf(Repeat(open, times) + "(" + Leaf + ")" + Repeat(close, times));
        error.Message.ShouldContain("at most 128 deep");
        error.Position.ShouldBe(open.Length * times);
    }

    [Theory]
    [InlineData("not ")]
    [InlineData("!")]
    [InlineData("(")]
    [InlineData("(not ")]
    [InlineData("is_jwt_valid(\"b\") and (")]
    [InlineData("is_jwt_valid(\"b\") and not not (")]
    public void Nothing_overflows_the_stack(string open) =>
        Parsed.ErrorOf(Repeat(open, 200_000) + Leaf).Position.ShouldBeGreaterThan(0);

    [Fact]
    public void What_stands_side_by_side_is_not_deep()
    {
        var text = string.Join(" or ", Enumerable.Repeat($"(not {Leaf} and {Leaf} xor http.host eq \"x\")", 20_000));
        var expression = Parsed.Of(text);
        expression.Evaluate(new TestFacts()).ShouldBeFalse();
        expression.ToString().Length.ShouldBeGreaterThan(1_000_000);
    }

    private static string Repeat(string text, int times) => new StringBuilder().Insert(0, text, times).ToString();
}
