using System.Text;
using Spectre.Console;

namespace CfAccess.Cli.Tests.Output;

/// <summary>Colours, marks and widths.</summary>
public sealed class LookTests : IDisposable
{
    private readonly KeyedTeam _team = new();

    public void Dispose() => _team.Dispose();

    [Fact]
    public async Task Colours_are_for_terminals()
    {
        (await RunAsync(new() { Ansi = AnsiSupport.Yes })).Out.ShouldContain("\u001b[");
        (await RunAsync(new())).Out.ShouldNotContain("\u001b[");
    }

    [Fact]
    public async Task Where_the_output_has_no_signs_letters_stand_for_them()
    {
        var run = await RunAsync(new() { Encoding = Encoding.ASCII });

        run.Out.ShouldContain("ok Valid");
        run.Out.ShouldContain("ok   issuer");
        run.Out.ShouldNotContain("?");
    }

    [Fact]
    public async Task A_code_page_that_dotnet_cannot_look_up_is_no_trouble()
    {
        var run = await RunAsync(new() { Encoding = new WindowsConsoleEncoding() });

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("ok Valid");
    }

    [Fact]
    public async Task On_a_narrow_terminal_what_is_broken_off_stands_below_the_text()
    {
        var run = await RunAsync(new() { Width = 60 });

        run.Out.Split('\n').ShouldAllBe(line => line.TrimEnd().Length <= 60);
        run.Out.ShouldContain("\n               ", Case.Sensitive);
    }

    [Fact]
    public async Task In_a_pipe_no_line_is_broken() =>
        (await RunAsync(new())).Out.Split('\n').Count(line => line.StartsWith('✓')).ShouldBe(20);

    private Task<CliRun> RunAsync(CliRunSetup setup) =>
        (setup with { Clock = _team.Clock, In = _team.Minter.MintPerson() }).RunAsync(["verify", .. _team.Options]);

    /// <summary>As a Windows console's: of code page 437, and without fallbacks, since it is the system that encodes.</summary>
    private sealed class WindowsConsoleEncoding() : Encoding(437)
    {
        public override string EncodingName => "Codepage - 437";

        public override int GetByteCount(char[] chars, int index, int count) => ASCII.GetByteCount(chars, index, count);

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
            ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetCharCount(byte[] bytes, int index, int count) => ASCII.GetCharCount(bytes, index, count);

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
            ASCII.GetChars(bytes, byteIndex, byteCount, chars, charIndex);

        public override int GetMaxByteCount(int charCount) => ASCII.GetMaxByteCount(charCount);

        public override int GetMaxCharCount(int byteCount) => ASCII.GetMaxCharCount(byteCount);
    }
}
