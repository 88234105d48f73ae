using System.Text;
using Microsoft.Extensions.Configuration;

namespace CfAccess.ApiShield.Tests.Documents;

/// <summary>Where documents come from.</summary>
public sealed class SourceTests
{
    private readonly ShieldDocuments _documents = new();

    [Fact]
    public void Texts_streams_files_and_configuration_say_the_same()
    {
        var folder = Directory.CreateTempSubdirectory("CfAccess");
        var file = Path.Combine(folder.FullName, "rules.json");
        File.WriteAllText(file, _documents.Rules.ToJsonString());
        var json = _documents.Rules.ToJsonString();
        ApiShieldDocumentSource[] sources =
        [
            ApiShieldDocumentSource.FromJson(json),
            ApiShieldDocumentSource.FromStream(() => new MemoryStream(Encoding.UTF8.GetBytes(json))),
            ApiShieldDocumentSource.FromFile(file),
            Configured(("Rules", json)),
            Configured(("Rules", "\uFEFF // the rules\n /* of the API */ " + json)),
            Configured(("Rules", file)),
            ApiShieldDocumentSource.FromConfiguration(new ConfigurationBuilder()
                .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes($$"""{"Rules":{{json}}}"""))).Build().GetSection("Rules")),
        ];

        foreach (var source in sources)
        {
            var rule = _documents.Load(options => options.Rules = source).Rules.ShouldHaveSingleItem();
            rule.Id.ShouldBe(ShieldDocuments.RuleId);
            rule.Enabled.ShouldBeTrue();
            rule.Selector.Include.ShouldHaveSingleItem().Host.ShouldBe([ShieldDocuments.Host]);
            rule.Selector.Exclude.ShouldHaveSingleItem().OperationIds.ShouldBe([ShieldDocuments.LoginId]);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void Whole_documents_can_stand_in_configuration()
    {
        var json = $$"""{"C":{{_documents.Configurations.ToJsonString()}},"O":{{_documents.Operations.ToJsonString()}}}""";
        var configuration = new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();
        var set = _documents.Load(options =>
        {
            options.Configurations = ApiShieldDocumentSource.FromConfiguration(configuration.GetSection("C"));
            options.Operations = ApiShieldDocumentSource.FromConfiguration(configuration.GetSection("O"));
        });

        set.Configurations.ShouldHaveSingleItem().TokenSources.Count.ShouldBe(2);
        set.Operations.Select(operation => operation.Endpoint).ShouldBe(["/accounts/{var1}", "/login"]);
    }

    [Fact]
    public void Errors_in_configuration_have_pointers_too() =>
        _documents.Errors(options => options.Rules = Configured(("Rules:0:id", "x"), ("Rules:0:selector:include:0:host", "a.test")))
            .Select(error => error.Split(": ")[0])
            .ShouldBe(["Rules /0/id", "Rules /0/title", "Rules /0/action", "Rules /0/enabled", "Rules /0/expression", "Rules /0/selector/include/0/host"]);

    [Fact]
    public void A_relative_path_is_below_the_working_folder() =>
        _documents.Errors(options => options.Rules = ApiShieldDocumentSource.FromFile("no/such/rules.json")).ShouldHaveSingleItem()
            .ShouldContain(Path.Combine(Directory.GetCurrentDirectory(), "no"));

    [Fact]
    public void A_document_that_is_not_given_is_an_error() =>
        _documents.Errors(options => options.Operations = null).ShouldHaveSingleItem()
            .ShouldBe("Operations (the whole document): is not given. Name a file, a text, a stream or a section of configuration.");

    [Theory]
    [InlineData("Rules", null)]
    [InlineData("Rules", "")]
    [InlineData("Rules", "  ")]
    [InlineData("Other", "[]")]
    public void Nor_is_one_that_is_missing_in_configuration_or_empty(string key, string? text) =>
        _documents.Errors(options => options.Rules = Configured((key, text))).ShouldHaveSingleItem()
            .ShouldStartWith("Rules (the whole document): is not given: Rules is missing or empty. ");

    [Fact]
    public void A_document_without_rules_is_warned_of() =>
        _documents.Load(options => options.Rules = Configured(("Rules", "[]"))).Warnings.Select(warning => warning.ToString())
            .ShouldContain("Rules (the whole document): holds no rules: every operation is open.");

    [Fact]
    public void A_stream_is_read_to_its_end_and_closed()
    {
        var stream = new MemoryStream(Encoding.UTF8.GetBytes(_documents.Rules.ToJsonString()));
        _documents.Load(options => options.Rules = ApiShieldDocumentSource.FromStream(() => stream)).Rules.Count.ShouldBe(1);

        stream.CanRead.ShouldBeFalse();
    }

    private static ApiShieldDocumentSource Configured(params (string Key, string? Value)[] settings) =>
        ApiShieldDocumentSource.FromConfiguration(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(one => one.Key, one => one.Value)).Build().GetSection("Rules"));
}
