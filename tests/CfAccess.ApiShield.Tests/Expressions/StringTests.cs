namespace CfAccess.ApiShield.Tests.Expressions;

public sealed class StringTests
{
    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"a\\\"b\\\\c\"", "a\"b\\c")]
    [InlineData("\"\\x41\\x4a\\x4A\"", "AJJ")]
    [InlineData("\"\\101\\060\"", "A0")]
    [InlineData("\"\\xC3\\xa9\"", "é")]
    [InlineData("\"\\303\\251\"", "é")]
    [InlineData("\"é😀\"", "é😀")]
    [InlineData("\"a\tb\nc\"", "a\tb\nc")]
    [InlineData("r\"a\\nb\"", "a\\nb")]
    [InlineData("r\"\"", "")]
    [InlineData("r#\"say \"hi\"\"#", "say \"hi\"")]
    [InlineData("r##\"a\"#b\"##", "a\"#b")]
    public void A_string_means_this_text(string literal, string meaning)
    {
        Parsed.Holds($"http.request.uri.path eq {literal}", new TestFacts().With(path: meaning)).ShouldBeTrue();
        Parsed.Holds($"http.request.uri.path eq {literal}", new TestFacts().With(path: meaning + "x")).ShouldBeFalse();
    }

    [Fact]
    public void A_raw_string_has_up_to_255_hashes()
    {
        var hashes = new string('#', 255);
        Parsed.Holds($"http.host eq r{hashes}\"a\"{hashes}", new TestFacts().With(host: "a")).ShouldBeTrue();
        Parsed.ErrorOf($"http.host eq r#{hashes}\"a\"{hashes}#").Position.ShouldBe(13);
    }
}
