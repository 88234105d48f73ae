using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace CfAccess.ApiShield.Tests.Setup;

/// <summary>How a changed document comes into force, or does not.</summary>
public sealed class ReloadTests
{
    [Fact]
    public async Task A_changed_document_is_in_force_after_a_reload()
    {
        var documents = new ShieldDocuments();
        await using var host = await ShieldHost.StartAsync(documents);
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);

        documents.Rules[0]!["action"] = "log";
        host.Provider.Reload().ShouldNotContain(problem => problem.Severity == ApiShieldSeverity.Error);

        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_wrong_document_changes_nothing_and_is_told_of()
    {
        var documents = new ShieldDocuments();
        await using var host = await ShieldHost.StartAsync(documents);
        var before = host.Provider.Current;

        documents.Rules[0]!["expression"] = "true";
        documents.Operations.Clear();
        host.Provider.Reload().ShouldContain(problem => problem.Pointer == "/0/expression" && problem.Severity == ApiShieldSeverity.Error);

        host.Provider.Current.ShouldBeSameAs(before);
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await host.SendAsync(token: host.ValidToken)).Status.ShouldBe(HttpStatusCode.OK);
        host.Log.Named("DocumentsRefused").ShouldHaveSingleItem().Level.ShouldBe(LogLevel.Error);
        host.Log.Named("DocumentProblem").ShouldContain(entry => entry.Level == LogLevel.Error && entry.Message.Contains("Rules /0/expression"));
    }

    [Fact]
    public async Task Counts_in_the_log_are_correct_for_one_object_and_one_error()
    {
        var documents = new ShieldDocuments();
        var rule = documents.Rules[0]!.DeepClone();
        documents.Rules.Clear();
        documents.Rules.Add(rule);
        await using var host = await ShieldHost.StartAsync(documents);
        rule["action"] = "deny";
        host.Provider.Reload();

        string[] messages =
        [
            host.Log.Named("DocumentsLoaded").ShouldHaveSingleItem().Message,
            host.Log.Named("DocumentsRefused").ShouldHaveSingleItem().Message,
        ];

        messages[0].ShouldContain("rules: 1");
        messages[1].ShouldContain("errors: 1");
        messages.ShouldAllBe(message => !Regex.IsMatch(message, @"\b1 (\w+ )?\w+s\b"));
    }

    [Fact]
    public async Task A_request_keeps_the_rules_that_it_began_with()
    {
        var documents = new ShieldDocuments();
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var host = await ShieldHost.StartAsync(documents, map: app => app.MapPut("/accounts/{id}", async (HttpContext context) =>
        {
            arrived.SetResult();
            await goOn.Task;
            return context.GetTokenValidation()!.GetVerdict(ShieldDocuments.ConfigurationId)!.IsValid ? "valid" : "not";
        }));
        var answer = host.ContextAsync(host.ValidToken, context => context.Request.Method = "PUT");
        await arrived.Task;

        documents.Configurations[0]!["credentials"]!["keys"] = new System.Text.Json.Nodes.JsonArray(TestKey.Get("other").ToJwk());
        host.Provider.Reload().ShouldNotContain(problem => problem.Severity == ApiShieldSeverity.Error);
        goOn.SetResult();

        using var body = new StreamReader((await answer).Response.Body);
        (await body.ReadToEndAsync()).ShouldBe("valid");
        (await host.SendAsync(token: host.ValidToken)).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Requests_go_on_while_documents_change()
    {
        var documents = new ShieldDocuments();
        await using var host = await ShieldHost.StartAsync(documents);
        var token = host.ValidToken;
        using var stop = new CancellationTokenSource();
        var requests = Task.Run(async () =>
        {
            List<HttpStatusCode> answers = [];
            while (!stop.IsCancellationRequested)
            {
                answers.Add((await host.SendAsync(token: token)).Status);
            }

            return answers;
        });

        for (var turn = 0; turn < 50; turn++)
        {
            documents.Rules[0]!["expression"] = turn % 2 == 0 ? ShieldDocuments.NeedsToken : "not valid";
            host.Provider.Reload();
        }

        await stop.CancelAsync();
        (await requests).ShouldAllBe(status => status == HttpStatusCode.OK);
    }

    [Fact]
    public async Task Configuration_that_changes_is_read_again()
    {
        var settings = Inline("block");
        await using var host = await ShieldHost.StartAsync(configure: options => GiveConfigured(options, settings));
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);

        settings["ApiShield:Rules:0:action"] = "log";
        settings.Reload();
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.OK);

        settings["ApiShield:Rules:0:action"] = "other";
        settings.Reload();
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.OK);
        host.Log.Named("DocumentsRefused").ShouldHaveSingleItem();

        settings["ApiShield:Rules:0:action"] = "block";
        settings.Reload();
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Documents_that_change_together_are_read_together()
    {
        var settings = Inline("block");
        await using var host = await ShieldHost.StartAsync(configure: options =>
        {
            GiveConfigured(options, settings);
            options.ReloadDelay = TimeSpan.FromMilliseconds(250);
        });
        settings["ApiShield:Rules:0:action"] = "log";
        settings.Reload();
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);

        host.Clock.Advance(TimeSpan.FromMilliseconds(250));
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.OK);
        host.Log.Named("DocumentsLoaded").Count().ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_is_watched_where_that_is_not_wanted()
    {
        var settings = Inline("block");
        await using var host = await ShieldHost.StartAsync(configure: options =>
        {
            GiveConfigured(options, settings);
            options.ReloadOnChange = false;
        });
        settings["ApiShield:Rules:0:action"] = "log";
        settings.Reload();

        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_file_that_changes_is_read_again()
    {
        var folder = Directory.CreateTempSubdirectory("CfAccess");
        var file = Path.Combine(folder.FullName, "rules.json");
        var documents = new ShieldDocuments();
        await File.WriteAllTextAsync(file, documents.Rules.ToJsonString());
        var reads = new Signal();
        await using (var host = await ShieldHost.StartAsync(documents, options =>
        {
            options.Rules = ApiShieldDocumentSource.FromFile(file);
            options.Operations = ApiShieldDocumentSource.FromStream(() =>
            {
                reads.Raise();
                return new MemoryStream(Encoding.UTF8.GetBytes(documents.Operations.ToJsonString()));
            });
        }))
        {
            documents.Rules[0]!["action"] = "log";
            await File.WriteAllTextAsync(file + ".new", documents.Rules.ToJsonString());
            File.Move(file + ".new", file, overwrite: true);
            await reads.ReachedAsync(2);

            // One reload waits for the other.
            host.Provider.Reload();
            host.Log.Named("DocumentsLoaded").Count().ShouldBeGreaterThanOrEqualTo(3);
            (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.OK);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_opened_changes_nothing()
    {
        var settings = Inline("block");
        var isBroken = false;
        await using var host = await ShieldHost.StartAsync(configure: options =>
        {
            GiveConfigured(options, settings);
            options.Operations = ApiShieldDocumentSource.FromStream(() =>
                isBroken ? throw new TimeoutException() : new MemoryStream(Encoding.UTF8.GetBytes(new ShieldDocuments().Operations.ToJsonString())));
        });
        isBroken = true;
        settings["ApiShield:Rules:0:action"] = "log";
        settings.Reload();

        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
        host.Log.Named("ReloadFailed").ShouldHaveSingleItem().Exception.ShouldBeOfType<TimeoutException>();
    }

    [Fact]
    public async Task Configuration_that_vanishes_changes_nothing()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ApiShield:Rules"] = new ShieldDocuments().Rules.ToJsonString(),
        }).Build();
        await using var host = await ShieldHost.StartAsync(configure: options => GiveConfigured(options, settings));
        settings["ApiShield:Rules"] = null;
        settings.Reload();

        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
        host.Log.Named("DocumentsRefused").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Documents_that_cannot_be_watched_are_read_nevertheless_and_watched_later()
    {
        var settings = Inline("block");
        var fragile = new FragileSource(settings.GetSection("ApiShield:Rules"));
        await using var host = await ShieldHost.StartAsync(configure: options => options.Rules = fragile);

        fragile.IsBroken = true;
        settings["ApiShield:Rules:0:action"] = "log";
        settings.Reload();
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.OK);
        host.Log.Named("WatchFailed").ShouldHaveSingleItem().Exception.ShouldBeOfType<IOException>();

        fragile.IsBroken = false;
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        settings["ApiShield:Rules:0:action"] = "block";
        settings.Reload();
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static void GiveConfigured(ApiShieldOptions options, IConfigurationRoot settings) =>
        options.Rules = ApiShieldDocumentSource.FromConfiguration(settings.GetSection("ApiShield:Rules"));

    private static IConfigurationRoot Inline(string action) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["ApiShield:Rules:0:id"] = ShieldDocuments.RuleId,
        ["ApiShield:Rules:0:title"] = "A valid token",
        ["ApiShield:Rules:0:action"] = action,
        ["ApiShield:Rules:0:enabled"] = "true",
        ["ApiShield:Rules:0:expression"] = ShieldDocuments.NeedsToken,
        ["ApiShield:Rules:0:selector:include:0:host:0"] = ShieldDocuments.Host,
        ["ApiShield:Rules:0:selector:exclude"] = string.Empty,
    }).Build();
}
