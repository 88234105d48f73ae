namespace CfAccess.Cli.Tests.CommandLine;

/// <summary>What the tool says about a command line that is incomplete or mistyped.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData]
    [InlineData("rules")]
    public async Task A_command_line_that_names_no_command_prints_the_help(params string[] args)
    {
        var run = await CliRun.RunAsync(args);
        var help = await CliRun.RunAsync([.. args, "--help"]);

        (run.ExitCode, run.Out).ShouldBe((0, help.Out));
        run.Out.ShouldContain("Commands:");
        run.Error.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("verify")]
    [InlineData("inspect")]
    [InlineData("keys")]
    [InlineData("doctor")]
    [InlineData("emulate")]
    [InlineData("token")]
    [InlineData("rules", "check")]
    [InlineData("rules", "test")]
    [InlineData("completion")]
    public async Task The_help_of_a_command_has_examples_under_the_name_of_the_tool(params string[] command)
    {
        var run = await CliRun.RunAsync([.. command, "--help"]);

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain($"  cfaccess {string.Join(' ', command)}");
        run.Out.ShouldContain("Examples:\n");
        run.Out.ShouldNotContain("CfAccess.Cli ");
    }

    [Theory]
    [InlineData]
    [InlineData("rules")]
    public async Task With_json_a_command_line_that_names_no_command_is_an_error(params string[] args)
    {
        var run = await CliRun.RunAsync([.. args, "--json"]);

        run.ExitCode.ShouldBe(2);
        run.Json.GetProperty("error").GetString()!.ShouldContain("command");
    }

    [Theory]
    [InlineData("vrify", "vrify is not a command. Did you mean verify? See cfaccess --help.")]
    [InlineData("verfiy --team acme", "verfiy is not a command. Did you mean verify? See cfaccess --help.")]
    [InlineData("Doctor", "Doctor is not a command. Did you mean doctor? See cfaccess --help.")]
    [InlineData("rule check", "rule is not a command. Did you mean rules? See cfaccess --help.")]
    [InlineData("rules chek", "chek is not a command. Did you mean check? See cfaccess rules --help.")]
    [InlineData("rules check a.json --jsn", "--jsn is not an option. Did you mean --json? See cfaccess rules check --help.")]
    [InlineData("verify --tem acme", "--tem is not an option. Did you mean --team? See cfaccess verify --help.")]
    [InlineData("inspect --heder=x", "--heder is not an option. Did you mean --header? See cfaccess inspect --help.")]
    [InlineData("doctor --ur x", "--ur is not an option. Did you mean --url? See cfaccess doctor --help.")]
    [InlineData("frobnicate", "frobnicate is not a command. See cfaccess --help.")]
    [InlineData("doctor --frobnicate x", "--frobnicate is not an option. See cfaccess doctor --help.")]
    public async Task A_mistyped_command_or_option_is_named_with_the_one_that_was_probably_meant(string line, string sentence)
    {
        var run = await CliRun.RunAsync(line.Split(' '));

        run.ExitCode.ShouldBe(2);
        run.Error.TrimEnd('\n').ShouldBe(sentence);
    }

    [Theory]
    [InlineData("token --wrong Nonsense", "--wrong Nonsense is not a valid value. Write OtherAudience, OtherIssuer, ")]
    [InlineData("token --wrong expird", "--wrong expird is not a valid value. Did you mean Expired? Write OtherAudience, ")]
    [InlineData("completion tcsh", "SHELL tcsh is not a valid value. Write bash, zsh, fish, or pwsh. See cfaccess completion --help.")]
    public async Task A_wrong_value_is_followed_by_the_valid_ones_in_one_readable_line(string line, string start)
    {
        var run = await CliRun.RunAsync(line.Split(' '));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldStartWith(start);
        run.Error.ShouldNotContain("\\u");
        run.Error.TrimEnd('\n').ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_missing_argument_names_the_whole_command() =>
        (await CliRun.RunAsync("rules", "check")).Error.ShouldContain("See cfaccess rules check --help.");

    [Theory]
    [InlineData("rules check {0}")]
    [InlineData("rules test {0} --method GET --url https://api.example.com/")]
    [InlineData("emulate --file {0}")]
    [InlineData("verify --team acme --aud tag --keys {0} eyJ.eyJ.x")]
    public async Task A_file_that_does_not_exist_and_a_folder_are_called_so(string line)
    {
        using var folder = new TemporaryFolder();
        async Task<string> ErrorAsync(string path)
        {
            var run = await CliRun.RunAsync(line.Replace("{0}", path, StringComparison.Ordinal).Split(' '));
            run.ExitCode.ShouldBe(2);
            return run.Error;
        }

        var missing = Path.Combine(folder.Path, "nowhere.json");
        (await ErrorAsync(missing)).ShouldContain($"{missing} does not exist.");
        var below = Path.Combine(folder.Path, "no", "a.json");
        (await ErrorAsync(below)).ShouldContain($"{below} does not exist.");
        (await ErrorAsync(folder.Path)).ShouldContain($"{folder.Path} is a folder.");
    }
}
