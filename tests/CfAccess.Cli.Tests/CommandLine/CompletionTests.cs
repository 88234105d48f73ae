namespace CfAccess.Cli.Tests.CommandLine;

/// <summary>What a shell asks, and the script by which it asks.</summary>
public sealed class CompletionTests
{
    [Theory]
    [InlineData("cfaccess ver", "verify")]
    [InlineData("cfaccess verify --te", "--team")]
    [InlineData("cfaccess rules ", "check")]
    [InlineData("cfaccess token --wrong Ex", "Expired")]
    [InlineData("cfaccess completion ", "bash")]
    public async Task The_tool_tells_what_may_come_next(string line, string suggestion)
    {
        var run = await CliRun.RunAsync($"[suggest:{line.Length}]", line);

        run.ExitCode.ShouldBe(0);
        run.Out.ReplaceLineEndings("\n").Split('\n').ShouldContain(suggestion);
    }

    [Fact]
    public async Task The_script_for_bash_completes_in_bash()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no bash.");
        var script = (await CliRun.RunAsync("completion", "bash")).Out;
        const string ask = """
            COMP_LINE='cfaccess verify --te' COMP_POINT=20 COMP_WORDS=(cfaccess verify --te) COMP_CWORD=2
            _cfaccess
            echo "${COMPREPLY[@]}"
            complete -p cfaccess
            """;

        var run = await CliProcess.RunAsync("bash", ["-c", $"cfaccess() {{ dotnet '{CliProcess.Tool}' \"$@\"; }}\n{script}\n{ask}"]);

        run.ExitCode.ShouldBe(0);
        run.Error.ShouldBeEmpty();
        run.Out.ShouldBe("--team\ncomplete -o default -F _cfaccess cfaccess\n");
    }

    [Theory]
    [InlineData("zsh", "compdef _cfaccess cfaccess")]
    [InlineData("fish", "complete --command cfaccess")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName cfaccess")]
    public async Task Other_shells_have_a_script_too(string shell, string line)
    {
        var script = (await CliRun.RunAsync("completion", shell)).Out;

        script.ShouldContain(line);
        script.ShouldContain("[suggest:");
        script.ShouldNotContain("\r");
    }
}
