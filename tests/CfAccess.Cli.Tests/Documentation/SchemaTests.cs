using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Cli.Output;
using CfAccess.Cli.Verify;
using CfAccess.Testing;

namespace CfAccess.Cli.Tests.Documentation;

/// <summary>What docs/cli.md tells of JSON, exit codes, checks and commands is what the tool gives.</summary>
public sealed class SchemaTests
{
    /// <summary>What each example begins after, and the type that it is one of.</summary>
    private static readonly Dictionary<string, JsonTypeInfo> Examples = new(StringComparer.Ordinal)
    {
        ["`verify`;"] = CliJson.Default.VerifyReport,
        ["`inspect`;"] = CliJson.Default.InspectReport,
        ["`keys`:"] = CliJson.Default.KeysReport,
        ["`keys --watch`,"] = CliJsonLines.Default.KeyChange,
        ["`doctor`;"] = CliJson.Default.DoctorReport,
        ["`emulate`,"] = CliJson.Default.EmulateReport,
        ["`token`:"] = CliJson.Default.TokenReport,
        ["`rules check`;"] = CliJson.Default.RulesCheckReport,
        ["`rules test`;"] = CliJson.Default.RulesTestReport,
        ["Where there is no report,"] = CliJson.Default.FailureReport,
    };

    private static string Page => File.ReadAllText(RepositoryFile.Find("docs/cli.md")).ReplaceLineEndings("\n");

    /// <summary>The table of checks.</summary>
    private static IEnumerable<string> Table => Page[Page.IndexOf("| check |", StringComparison.Ordinal)..].Split('\n').TakeWhile(line => line.StartsWith('|'));

    public static TheoryData<string> Rows => [.. Examples.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_report_has_the_members_that_the_page_tells_in_their_order(string name)
    {
        var type = Examples[name];
        var example = ExampleAfter(name);

        ShouldHaveShape(type, example, name);

        // An example that is read and written again tells whether values are of the right kind, and none got lost.
        var again = JsonSerializer.SerializeToElement(example.Deserialize(type), type);
        JsonElement.DeepEquals(again, example).ShouldBeTrue(again.ToString());
    }

    [Fact]
    public async Task Members_without_a_value_are_null_and_not_left_out()
    {
        using var team = new KeyedTeam();

        var run = await team.VerifyAsync(team.Minter.MintPerson(), "--json");

        run.Json.EnumerateObject().Select(member => member.Name).ShouldBe(ExampleAfter("`verify`;").EnumerateObject().Select(member => member.Name));
        run.Json.GetProperty("reason").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public void Each_check_stands_on_the_page_with_its_reasons()
    {
        foreach (var check in Checks.All)
        {
            var row = Table.Single(line => line.Split('|')[1].Contains($"`{check.Id}`", StringComparison.Ordinal));
            foreach (var reason in check.StandsFor.Where(reason => reason != AccessFailureReason.KeysNotCurrent))
            {
                row.ShouldContain($"`{FailureWords.Of(reason)}`");
            }
        }
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
    public async Task Each_command_has_help_with_examples_under_the_name_that_it_is_called_by_and_stands_on_the_page(params string[] command)
    {
        var run = await CliRun.RunAsync([.. command, "--help"]);

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain($"  cfaccess {string.Join(' ', command)}");
        run.Out.ShouldContain("Examples:\n");
        run.Out.ShouldNotContain("CfAccess.Cli ");
        Page.ShouldContain(string.Join(' ', command));
    }

    [Fact]
    public void Each_exit_code_stands_on_the_page()
    {
        int[] codes = [ExitCodes.Well, ExitCodes.Refused, ExitCodes.WrongUse, ExitCodes.Unreachable, ExitCodes.Defect, ExitCodes.Interrupted];

        foreach (var code in codes)
        {
            Page.ShouldContain($"\n| {code} | ");
        }
    }

    private static JsonElement ExampleAfter(string name)
    {
        var start = Page.IndexOf("```json\n", Page.IndexOf($"\n{name}", StringComparison.Ordinal), StringComparison.Ordinal) + "```json\n".Length;
        return JsonElement.Parse(Page[start..Page.IndexOf("\n```", start, StringComparison.Ordinal)]);
    }

    private static void ShouldHaveShape(JsonTypeInfo type, JsonElement example, string path)
    {
        if (type.Kind == JsonTypeInfoKind.Enumerable && example.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in example.EnumerateArray())
            {
                ShouldHaveShape(type.Options.GetTypeInfo(type.ElementType!), item, path + "[]");
            }
        }
        else if (type.Kind == JsonTypeInfoKind.Object && type.Type != typeof(JsonElement))
        {
            example.EnumerateObject().Select(member => member.Name).ShouldBe(type.Properties.Where(one => one.Get is not null).Select(one => one.Name), path);
            foreach (var member in type.Properties.Where(one => one.Get is not null))
            {
                ShouldHaveShape(type.Options.GetTypeInfo(member.PropertyType), example.GetProperty(member.Name), $"{path}.{member.Name}");
            }
        }
    }
}
