using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

public sealed class EvaluationOptionsTests : IDisposable
{
    private const string Section = "CloudflareAccess:ExternalEvaluation";

    private readonly KeyDirectory _directory = new();

    public static TheoryData<string, string[], string[]> Mistakes => new()
    {
        { "no store", [], [$"{Section} does not say where the keys are kept that sign answers. Write the path of a directory that lasts as KeyDirectory"] },
        { "two stores", ["KeyDirectory=keys", "KeysInDistributedCache=true"], ["has both KeyDirectory and KeysInDistributedCache"] },
        { "no cache", ["KeysInDistributedCache=true"], ["KeysInDistributedCache is true, but the application has no IDistributedCache"] },
        { "no cache for nonces", ["KeyDirectory=keys", "SharedNonces=true"], ["SharedNonces is true, but the application has no IDistributedCache"] },
        { "a misspelt key", ["KeyDirectry=keys"], ["KeyDirectry is not a setting", "does not say where"] },
        { "unreadable values", ["KeyDirectory=keys", "Timeout=5", "SharedNonces=maybe"], ["Timeout is '5', but has to be a time span", "SharedNonces is 'maybe'"] },
        { "values below their range", ["KeyDirectory=keys", "KeyLifetime=00:59:59", "KeyOverlap=00:09:59", "AnswerLifetime=00:00:09", "Timeout=00:00:00"], ["KeyLifetime is 00:59:59, but has to be from 01:00:00 to 365.00:00:00", "KeyOverlap is 00:09:59, but has to be from 00:10:00 to", "AnswerLifetime is 00:00:09, but has to be from 00:00:10 to 00:10:00", "Timeout is 00:00:00, but has to be from 00:00:00.1000000 to 00:01:00"] },
        { "values above their range", ["KeyDirectory=keys", "KeyLifetime=366.00:00:00", "KeyOverlap=200.00:00:00", "AnswerLifetime=00:10:01", "Timeout=00:01:01"], ["KeyLifetime is", "KeyOverlap is 200.00:00:00, but has to be from 00:10:00 to 182.12:00:00", "AnswerLifetime is", "Timeout is"] },
        { "an overlap of more than half a life", ["KeyDirectory=keys", "KeyLifetime=02:00:00", "KeyOverlap=01:00:01"], ["KeyOverlap is 01:00:01, but has to be from 00:10:00 to 01:00:00"] },
        { "a scheme that nobody added", ["KeyDirectory=keys", "Scheme=Other"], ["Scheme is 'Other', of which nobody added settings. Call AddCloudflareAccess or AddCloudflareAccessKeys with that name. There are: CloudflareAccess."] },
        { "a team that is not the scheme's", ["KeyDirectory=keys", "Team=partner"], ["Team is 'partner', which is no team of the scheme 'CloudflareAccess'. Write the one that asks: https://acme.cloudflareaccess.com"] },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task A_mistake_stops_the_start_and_says_what_to_write(string mistake, string[] settings, string[] lines)
    {
        var stopped = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(settings));

        stopped.Message.ShouldContain("The settings of External Evaluation are wrong:");
        foreach (var line in lines)
        {
            stopped.Message.ShouldContain(line, Case.Sensitive, mistake);
        }

        stopped.Message.Split("  - ").Length.ShouldBe(lines.Length + 1, stopped.Message);
    }

    [Fact]
    public async Task Of_several_teams_one_has_to_be_named()
    {
        var stopped = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync(["KeyDirectory=keys"], options =>
        {
            (options.TeamDomain, options.Audiences) = (null, []);
            options.Teams = [new() { TeamDomain = "acme", Audiences = ["a"] }, new() { TeamDomain = "partner", Audiences = ["b"] }];
        }));

        stopped.Message.ShouldContain(
            "Team is missing, but the scheme 'CloudflareAccess' trusts several teams. Write the one that asks: "
            + "https://acme.cloudflareaccess.com, https://partner.cloudflareaccess.com.");
    }

    [Fact]
    public async Task Wrong_settings_of_the_scheme_are_told_by_themselves()
    {
        var stopped = await Should.ThrowAsync<OptionsValidationException>(() => StartAsync([$"KeyDirectory={_directory.Path}"], options => options.TeamDomain = null));

        stopped.Message.ShouldContain("TeamDomain is missing");
        stopped.Message.ShouldNotContain("External Evaluation");
    }

    [Fact]
    public async Task Without_a_scheme_the_start_says_what_to_call()
    {
        (await Should.ThrowAsync<OptionsValidationException>(() => TestApp.StartAsync(builder =>
            builder.Services.AddCloudflareAccessExternalEvaluation(options => options.KeyDirectory = _directory.Path)))).Message
            .ShouldContain("Call AddCloudflareAccess or AddCloudflareAccessKeys with that name. There are: none.");
    }

    [Fact]
    public async Task Every_option_is_read_from_configuration_and_code_wins()
    {
        await using var app = await StartAsync(
            ["Scheme=CloudflareAccess", "Team=acme", $"KeyDirectory={_directory.Path}", "KeysInDistributedCache=false", "KeyLifetime=10.00:00:00", "KeyOverlap=12:00:00", "AnswerLifetime=00:00:30", "Timeout=00:00:02", "SharedNonces=true"],
            configure: options => options.Timeout = TimeSpan.FromSeconds(3),
            build: builder => builder.Services.AddDistributedMemoryCache());
        var options = app.Services.GetRequiredService<IOptions<CloudflareAccessExternalEvaluationOptions>>().Value;

        (options.Scheme, options.Team, options.KeyDirectory).ShouldBe(("CloudflareAccess", "acme", _directory.Path));
        (options.KeyLifetime, options.KeyOverlap).ShouldBe((TimeSpan.FromDays(10), TimeSpan.FromHours(12)));
        (options.AnswerLifetime, options.Timeout).ShouldBe((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(3)));
        (options.SharedNonces, options.KeysInDistributedCache).ShouldBe((true, false));
    }

    [Fact]
    public async Task Keys_without_a_scheme_suffice_and_a_second_call_only_configures()
    {
        await using var app = await TestApp.StartAsync(
            builder =>
            {
                builder.Services.AddCloudflareAccessKeys("evaluation", TestTeam.Trust);
                builder.Services.AddCloudflareAccessExternalEvaluation(options => options.Scheme = "evaluation");
                builder.Services.AddCloudflareAccessExternalEvaluation(options => options.KeyDirectory = _directory.Path);
            },
            app => app.MapAccessExternalEvaluation("/evaluate", (_, _) => Task.FromResult(true)));

        (await app.GetAsync("/evaluate/keys")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    public void Dispose() => _directory.Dispose();

    private static Task<TestApp> StartAsync(
        string[] settings,
        Action<CloudflareAccessOptions>? scheme = null,
        Action<CloudflareAccessExternalEvaluationOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null) => TestApp.StartAsync(builder =>
    {
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => setting.Split('=', 2))
            .Select(setting => KeyValuePair.Create($"{Section}:{setting[0]}", (string?)setting[1])));
        builder.Services.AddCloudflareAccess(options =>
        {
            TestTeam.Trust(options);
            scheme?.Invoke(options);
        });
        builder.Services.AddCloudflareAccessExternalEvaluation(configure);
        builder.Services.AddSingleton(EvaluationRig.KeyRing);
        build?.Invoke(builder);
    });
}
