using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Cli;
using CfAccess.Cli.CommandLine;
using CfAccess.Cli.Output;
using CfAccess.Cli.Verify;
using CfAccess.Testing;

namespace CfAccess.Documentation.Tests;

/// <summary>The commands, options, checks, exit codes, and reports that the pages name are those of the tool <c>cfaccess</c>.</summary>
public sealed partial class CliPageTests
{
    private static readonly Markdown Page = new("docs/cli.md");

    private static readonly RootCommand Root = CommandTree.Make(new() { In = TextReader.Null, IsInputRedirected = false, Out = TextWriter.Null, Error = TextWriter.Null });

    private static readonly JsonTypeInfo[] Reports =
    [
        CliJson.Default.VerifyReport,
        CliJson.Default.InspectReport,
        CliJson.Default.KeysReport,
        CliJsonLines.Default.KeyChange,
        CliJson.Default.DoctorReport,
        CliJson.Default.EmulateReport,
        CliJson.Default.TokenReport,
        CliJson.Default.RulesCheckReport,
        CliJson.Default.RulesTestReport,
        CliJson.Default.FailureReport,
    ];

    public static TheoryData<string> Calls => [.. Markdown.Paths.SelectMany(path => Call.Matches(CodeOf(new(path)))).Select(call => call.Value).Distinct()];

    [Theory]
    [MemberData(nameof(Calls))]
    public void Every_command_and_option_that_a_page_names_exists(string call)
    {
        var words = call.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..];
        Command command = Root;
        List<string> options = [.. NamesOf(Root)];
        foreach (var word in words.TakeWhile(word => command.Subcommands.Count > 0 && !word.StartsWith('-')))
        {
            command = command.Subcommands.SingleOrDefault(one => one.Name == word).ShouldNotBeNull($"{call}: {word}");
            options.AddRange(NamesOf(command));
        }

        words.Where(word => word.StartsWith("--", StringComparison.Ordinal)).ShouldBeSubsetOf(options);
    }

    [Fact]
    public void Every_option_that_the_page_names_exists() => Markdown.Words(Page.Text)
        .Select(word => word.Split(' ')[0])
        .Where(word => word.StartsWith("--", StringComparison.Ordinal))
        .ShouldBeSubsetOf(All(Root).SelectMany(NamesOf));

    [Fact]
    public void Every_command_is_named() => All(Root).Where(command => command != Root && command.Subcommands.Count == 0)
        .Select(command => command.Parents.Single() == Root ? command.Name : $"{command.Parents.Single().Name} {command.Name}")
        .ShouldAllBe(command => CodeOf(Page).Contains($"cfaccess {command}", StringComparison.Ordinal));

    [Fact]
    public void Every_check_is_listed_with_its_reasons()
    {
        var table = Page.Tables().Single(table => Checks.All.All(check => table.Any(row => Names(row, check))));
        foreach (var check in Checks.All)
        {
            var row = table.Single(row => Names(row, check));
            check.StandsFor.Where(reason => reason != AccessFailureReason.KeysNotCurrent).Select(FailureWords.Of)
                .ShouldBeSubsetOf(row.SelectMany(Markdown.Words), check.Id);
        }

        static bool Names(string[] row, Check check) => Markdown.Words(row[0]).Contains(check.Id);
    }

    [Fact]
    public void Every_exit_code_is_listed()
    {
        int[] codes = [ExitCodes.Well, ExitCodes.Refused, ExitCodes.WrongUse, ExitCodes.Unreachable, ExitCodes.Defect, ExitCodes.Interrupted];

        codes.Select(code => $"{code}").ShouldBeSubsetOf(Page.Rows().Select(row => row[0]));
    }

    [Fact]
    public void Every_report_has_an_example_and_every_example_is_a_report()
    {
        var examples = Page.Blocks("json").Select(json => JsonElement.Parse(json)).ToList();

        Reports.Where(report => !examples.Any(example => IsExample(report, example))).Select(report => report.Type.Name).ShouldBeEmpty();
        examples.Where(example => !Reports.Any(report => IsExample(report, example))).Select(example => example.GetRawText()).ShouldBeEmpty();
    }

    /// <summary>The command lines in a text, each up to a pipe, a redirection, a comment, or a parenthesis.</summary>
    [GeneratedRegex(@"(?<![\w./-])cfaccess [a-z-][^|<>#()\n]*")]
    private static partial Regex Call { get; }

    private static string CodeOf(Markdown page) => string.Join('\n', [.. page.Blocks("sh"), .. Markdown.Words(page.Text)]);

    private static IEnumerable<Command> All(Command command) => command.Subcommands.SelectMany(All).Prepend(command);

    private static IEnumerable<string> NamesOf(Command command) => command.Options.SelectMany(option => option.Aliases.Prepend(option.Name));

    /// <summary>Whether the example has the members of the report and no other, with values of the same kind.</summary>
    private static bool IsExample(JsonTypeInfo report, JsonElement example)
    {
        var strict = new JsonSerializerOptions(report.Options)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            RespectRequiredConstructorParameters = true,
        };
        try
        {
            example.Deserialize(strict.GetTypeInfo(report.Type));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
