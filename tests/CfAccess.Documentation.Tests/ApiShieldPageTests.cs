using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CfAccess.ApiShield;
using CfAccess.Testing;

namespace CfAccess.Documentation.Tests;

/// <summary>The page about API Shield shows the documents and the settings of the sample, and names every option and reason.</summary>
public sealed partial class ApiShieldPageTests
{
    private static readonly Markdown Page = new("docs/api-shield.md");

    private static readonly List<JsonNode> Blocks = [.. Page.Blocks("json").Select(json => JsonNode.Parse(json)!)];

    [Fact]
    public void Every_document_is_a_document_of_the_sample()
    {
        string[] files = ["api-shield/token-configurations.json", "api-shield/operations.json", "api-shield/token-rules.json"];

        ShouldShow(Blocks.OfType<JsonArray>(), files.Select(Read));
    }

    [Fact]
    public void Every_setting_is_a_setting_of_the_sample()
    {
        string[] files = ["appsettings.json", "appsettings.Development.json"];

        ShouldShow(Blocks.OfType<JsonObject>().Select(SectionOf), files.Select(file => SectionOf(Read(file))));

        static JsonNode SectionOf(JsonNode settings) => settings[ApiShieldDefaults.ConfigurationSection]!;
    }

    [Fact]
    public void Every_option_is_listed_and_no_other()
    {
        var options = typeof(ApiShieldOptions).GetProperties().Select(option => option.Name).ToList();

        Page.Tables().Select(table => table.SelectMany(row => Markdown.Words(row[0])).ToList()).Single(names => names.Contains(options[0]))
            .ShouldBe(options, ignoreOrder: true);
    }

    [Fact]
    public void Every_reason_is_named() => Enum.GetNames<JwtFailureReason>().Select(reason => NextWord.Replace(reason, "_").ToLowerInvariant())
        .ShouldBeSubsetOf(Markdown.Words(Page.Text));

    [GeneratedRegex("(?<=.)(?=[A-Z])")]
    private static partial Regex NextWord { get; }

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(RepositoryFile.Find($"samples/ApiShield/{file}")))!;

    private static void ShouldShow(IEnumerable<JsonNode> shown, IEnumerable<JsonNode> files) =>
        shown.Select(json => json.ToJsonString()).ShouldBe(files.Select(json => json.ToJsonString()), ignoreOrder: true);
}
