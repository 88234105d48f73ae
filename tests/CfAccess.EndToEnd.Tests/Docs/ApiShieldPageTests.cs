using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CfAccess.ApiShield;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Docs;

/// <summary>What the page about API Shield shows is what the sample and the tests run.</summary>
public sealed partial class ApiShieldPageTests
{
    private const string Section = ApiShieldDefaults.ConfigurationSection;

    private static readonly string Page = Read("docs/api-shield.md");

    [Fact]
    public void Every_piece_of_code_runs_somewhere()
    {
        var test = Read("tests/CfAccess.EndToEnd.Tests/Docs/RuleSetTests.cs")
            .Replace("namespace CfAccess.EndToEnd.Tests.Docs;\n\n", string.Empty, StringComparison.Ordinal);
        var sample = Read("samples/ApiShield/Program.cs");
        var pipeline = Read("tests/CfAccess.EndToEnd.Tests/Docs/Snippets/ApiShieldPipeline.cs");
        var blocks = Blocks("csharp");

        blocks.Count.ShouldBe(4);
        blocks.ShouldAllBe(block => block == test || sample.Contains(block) || pipeline.Contains(Indented(block)));
    }

    [Fact]
    public void Every_document_is_one_of_the_sample()
    {
        string[] documents =
        [
            Read("samples/ApiShield/api-shield/token-configurations.json"),
            Read("samples/ApiShield/api-shield/operations.json"),
            Read("samples/ApiShield/api-shield/token-rules.json"),
        ];

        Blocks("json").Where(block => block.StartsWith('[')).ShouldBe(documents);
    }

    [Fact]
    public void Every_setting_is_one_of_the_sample()
    {
        var settings = Blocks("json").Where(block => block.StartsWith('{')).Select(block => JsonNode.Parse(block)![Section]).ToList();
        string[] files = ["samples/ApiShield/appsettings.json", "samples/ApiShield/appsettings.Development.json"];

        settings.Count.ShouldBe(2);
        settings.Zip(files).ShouldAllBe(pair => JsonNode.DeepEquals(pair.First, JsonNode.Parse(Read(pair.Second))![Section]));
    }

    [Fact]
    public void Every_option_is_in_the_table_and_no_other()
    {
        var told = OptionRow.Matches(Page).SelectMany(row => Word.Matches(row.Groups[1].Value)).Select(word => word.Groups[1].Value);

        told.ShouldBe(typeof(ApiShieldOptions).GetProperties().Select(option => option.Name), ignoreOrder: true);
    }

    [Fact]
    public void Every_reason_is_told_by_its_word()
    {
        foreach (var reason in Enum.GetNames<JwtFailureReason>())
        {
            Page.ShouldContain($"`{Underscores.Replace(reason, "_$0").TrimStart('_').ToLowerInvariant()}`");
        }
    }

    [GeneratedRegex("^```(\\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence { get; }

    [GeneratedRegex("(?<=## Options\n.*?)^\\| ((?:`\\w+`(?:, )?)+) \\|(?=.*## When it says no)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex OptionRow { get; }

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Word { get; }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Underscores { get; }

    private static string Indented(string block) => string.Concat(block.TrimEnd('\n').Split('\n').Select(line => $"        {line}\n"));

    private static List<string> Blocks(string language) =>
        [.. Fence.Matches(Page).Where(block => block.Groups[1].Value == language).Select(block => block.Groups[2].Value)];

    private static string Read(string path) => File.ReadAllText(RepositoryFile.Find(path)).ReplaceLineEndings("\n");
}
