using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.ApiShield.Tests.Setup;

/// <summary>What is checked when an application starts.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_wrong_document_stops_the_start_with_everything_that_is_wrong()
    {
        var documents = ShieldDocuments.With(documents =>
        {
            documents.Configurations[0]!["token_type"] = "opaque";
            documents.Rules[0]!["expression"] = "is_jwt_valid(";
            documents.Rules[0]!["action"] = "allow";
            documents.Operations[1]!["method"] = "FETCH";
        });

        var thrown = await Should.ThrowAsync<ApiShieldDocumentException>(() => ShieldHost.StartAsync(documents));
        thrown.Problems.Where(problem => problem.Severity == ApiShieldSeverity.Error).Select(problem => $"{problem.Document} {problem.Pointer}").ShouldBe(
            ["Configurations /0/token_type", "Rules /0/action", "Rules /0/expression", "Operations /1/method"]);
        thrown.Message.ShouldContain("Rules /0/action: is neither. Write \"log\" or \"block\".");
    }

    [Theory]
    [InlineData(ApiShieldDocumentKind.Configurations)]
    [InlineData(ApiShieldDocumentKind.Rules)]
    [InlineData(ApiShieldDocumentKind.Operations)]
    public void One_error_in_one_document_is_enough(ApiShieldDocumentKind kind) => ShieldDocuments.With(documents => (kind switch
    {
        ApiShieldDocumentKind.Configurations => documents.Configurations,
        ApiShieldDocumentKind.Rules => documents.Rules,
        _ => documents.Operations,
    }).Add(new System.Text.Json.Nodes.JsonArray())).Errors().ShouldHaveSingleItem().ShouldStartWith($"{kind} /");

    [Fact]
    public async Task Wrong_settings_stop_the_start_and_name_their_keys()
    {
        var thrown = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(
            ("ApiShield:Rules", "rules.json"),
            ("ApiShield:Matching", "Fuzzy"),
            ("ApiShield:UnknownHost", "Allow"),
            ("ApiShield:ReloadDelay", "00:02:00"),
            ("ApiShield:MaxTokenLength", "5"),
            ("ApiShield:HostAliases:localhost", "https://api.example.com")));

        foreach (var said in (string[])
            [
                "ApiShield:Matching is 'Fuzzy', but has to be one of Origin, Edge.",
                "ApiShield:UnknownHost is not a setting. Known here: Configurations, Rules, Operations,",
                "ApiShield:Configurations is missing. Write the path of a file, such as token-configurations.json, or the objects themselves.",
                "ApiShield:Operations is missing.",
                "ApiShield:ReloadDelay is 00:02:00, but has to be from 00:00:00 to 00:01:00.",
                "ApiShield:MaxTokenLength is 5, but has to be from 1024 to 1048576.",
                "ApiShield:HostAliases:localhost has to make one host name another",
            ])
        {
            thrown.Message.ShouldContain(said);
        }

        thrown.Message.ShouldNotContain("ApiShield:Rules is missing");
    }

    [Fact]
    public async Task Wrong_choices_in_code_are_told_of_too()
    {
        var thrown = await Should.ThrowAsync<OptionsValidationException>(() => ShieldHost.StartAsync(configure: options =>
        {
            options.Matching = (ApiShieldMatching)7;
            options.UnknownHosts = (ApiShieldUnknown)7;
            options.UnknownOperations = (ApiShieldUnknown)7;
            options.HostAliases = null!;
        }));

        thrown.Message.ShouldContain("ApiShield:Matching is 7. Write Origin or Edge.");
        thrown.Message.ShouldContain("ApiShield:UnknownHosts is 7. Write Block or Allow.");
        thrown.Message.ShouldContain("ApiShield:UnknownOperations is 7. Write Allow or Block.");
        thrown.Message.ShouldContain("ApiShield:HostAliases is null.");
    }

    [Fact]
    public async Task Files_are_named_by_their_settings()
    {
        var thrown = await Should.ThrowAsync<ApiShieldDocumentException>(() => StartAsync(
            ("ApiShield:Configurations", "nowhere/configurations.json"), ("ApiShield:Rules", "[]"), ("ApiShield:Operations", "[]")));

        thrown.Problems.ShouldContain(problem => problem.ToString().StartsWith(
            "Configurations (the whole document): cannot be read from ApiShield:Configurations: the text is taken for the path of a file, and there is no such file.",
            StringComparison.Ordinal));
    }

    [Fact]
    public void UseApiShield_without_AddApiShield_says_what_is_missing()
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        var app = new ApplicationBuilder(services);

        Should.Throw<InvalidOperationException>(() => app.UseApiShield()).Message.ShouldContain("builder.Services.AddApiShield()");
    }

    [Fact]
    public async Task AddApiShield_without_UseApiShield_is_told_of()
    {
        await using var host = await ShieldHost.StartAsync();
        host.Log.Named("MiddlewareMissing").ShouldBeEmpty();

        await using var app = await StartAsync(use: false);
        app.Log.Named("MiddlewareMissing").ShouldHaveSingleItem().Message.ShouldContain("no rule is enforced");
    }

    [Fact]
    public async Task What_rules_can_hardly_mean_is_told_of_in_Development_alone()
    {
        var documents = ShieldDocuments.With(documents => documents.Rules[0]!["expression"] =
            $"{ShieldDocuments.NeedsToken} or not {ShieldDocuments.NeedsToken}");
        await using var development = await ShieldHost.StartAsync(documents, environment: "Development");
        await using var production = await ShieldHost.StartAsync(documents);

        development.Log.Named("Finding").ShouldHaveSingleItem().Message.ShouldContain("Rules /0/expression: is true of every request");
        production.Log.Named("Finding").ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_dropped_is_told_of_everywhere()
    {
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents =>
            documents.Configurations[0]!["credentials"]!["keys"]!.AsArray().Add(new System.Text.Json.Nodes.JsonObject { ["kty"] = "OKP" })));

        host.Log.Named("DocumentProblem").Select(entry => entry.Message).ShouldContain(message =>
            message.StartsWith("API Shield: Configurations /0/credentials/keys/1: keys[1] is not used", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Matching_as_the_edge_does_it_is_warned_of()
    {
        await using var host = await ShieldHost.StartAsync(configure: options => options.Matching = ApiShieldMatching.Edge);

        host.Log.Named("EdgeMatching").ShouldHaveSingleItem();
        (await host.SendAsync("GET", "/ACCOUNTS/1")).Endpoint.ShouldBe("account");
        (await host.SendAsync("GET", "/accounts/1")).Endpoint.ShouldBeNull();
    }

    private static async Task StartAsync(params (string Key, string Value)[] settings)
    {
        await using var app = await StartAsync(use: true, settings);
    }

    private static Task<TestApp> StartAsync(bool use, params (string Key, string Value)[] settings) => TestApp.StartAsync(
        builder =>
        {
            builder.Configuration.AddInMemoryCollection(settings.ToDictionary(one => one.Key, one => (string?)one.Value));
            builder.Services.AddApiShield(options =>
            {
                if (settings.Length == 0)
                {
                    new ShieldDocuments().GiveTo(options);
                }
            });
        },
        app => _ = use ? app.UseApiShield() : app);
}
