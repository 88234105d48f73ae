using CfAccess.Cli.Output;
using CfAccess.Cli.Tokens;

namespace CfAccess.Cli.Tests.Output;

/// <summary>How runs end that bring no report.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("vrify")]
    [InlineData("verify", "--nonsense")]
    [InlineData("keys")]
    [InlineData("keys", "--team", "acme", "--pem", "--jwks")]
    [InlineData("keys", "--team", "acme", "--interval", "1")]
    [InlineData("doctor", "--team", "acme", "--aud", "x")]
    [InlineData("doctor", "--team", "acme", "--aud", "x", "--url", "ftp://app.example.com")]
    [InlineData("doctor", "--team", "acme", "--aud", "x", "--url", "https://app.example.com", "--origin", "10.0.0.5:99999")]
    [InlineData("emulate", "--port", "65536")]
    [InlineData("emulate", "--file", "/nowhere/people.json")]
    [InlineData("token")]
    [InlineData("token", "--email", "a@example.com")]
    [InlineData("token", "--email", "a@example.com", "--service", "x", "--secret", "s")]
    [InlineData("token", "--email", "a@example.com", "--secret", "s", "--url", "http://203.0.113.7:5090")]
    [InlineData("rules", "check", "/nowhere/appsettings.json")]
    [InlineData("rules", "test", "/nowhere/appsettings.json")]
    [InlineData("completion", "tcsh")]
    public async Task Wrong_use_is_one_sentence_on_the_error_output_and_2(params string[] args)
    {
        var run = await CliRun.RunAsync(args);

        run.ExitCode.ShouldBe(2);
        run.Out.ShouldBeEmpty();
        run.Error.TrimEnd('\n').ShouldNotContain("\n");
        run.Error.ShouldNotContain("   at ");
    }

    [Fact]
    public async Task With_json_the_sentence_is_json_on_the_output()
    {
        var run = await CliRun.RunAsync("verify", "--json");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldBeEmpty();
        run.Json.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        run.Json.GetProperty("exitCode").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_defect_is_one_sentence_too()
    {
        // A reader that fails in a way that nobody has thought of.
        var surroundings = new Surroundings
        {
            In = new BrokenReader(),
            IsInputRedirected = true,
            Out = new StringWriter(),
            Error = new StringWriter(),
        };

        var exitCode = await CliApp.RunAsync(["inspect"], surroundings);

        exitCode.ShouldBe(70);
        surroundings.Error.ToString()!.ShouldStartWith("This is a defect of cfaccess: it met InvalidCastException");
        surroundings.Error.ToString()!.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("plain ✓ text", "plain ✓ text")]
    [InlineData("a\tb", "a\\u0009b")]
    [InlineData("a\u200bb", "a\\u200Bb")]
    [InlineData("a\u2028b", "a\\u2028b")]
    [InlineData("\U000E0041", "\\uE0041")]
    public void What_is_not_to_be_seen_is_shown_as_an_escape(string text, string shown) => Printable.Of(text).ShouldBe(shown);

    [Fact]
    public void A_long_text_is_cut() => Printable.Of(new string('x', 1000), 20).ShouldBe(new string('x', 20) + "…");

    [Fact]
    public void A_token_of_dots_alone_is_not_split_at_each() => LooseToken.Of(new string('.', 100_000)).Segments.Count.ShouldBe(6);

    private sealed class BrokenReader : TextReader
    {
        public override ValueTask<int> ReadBlockAsync(Memory<char> buffer, CancellationToken cancellationToken = default) =>
            throw new InvalidCastException("secret");
    }
}
