using System.Collections.Concurrent;
using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Emulator.Tests.Evaluation;

/// <summary>A person's login depends on the answer of the app, which is the library's own.</summary>
public sealed class ExternalEvaluationTests
{
    private const string Alice = "alice@example.com";
    private const string Bob = "bob@example.com";

    [Fact]
    public async Task Whom_the_app_lets_in_is_logged_in_and_nobody_else()
    {
        await using var app = await EvaluatedApp.StartAsync((identity, _) => Task.FromResult(identity.Email == Alice));
        using var alice = app.App.Browser();
        using var bob = app.App.Browser();
        using var yes = await alice.LogInAsync(Alice, "/guarded");
        using var no = await bob.LogInAsync(Bob, "/guarded");

        yes.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await alice.GetAsync("/guarded")).StatusCode.ShouldBe(HttpStatusCode.OK);
        no.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        no.Headers.Contains("Set-Cookie").ShouldBeFalse();
        (await TextOf(no)).ShouldContain("External Evaluation does not let bob@example.com enter /: /evaluate says no (success is not true).");
        (await bob.GetAsync("/guarded")).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task The_app_is_told_the_identity_that_get_identity_tells()
    {
        AccessIdentity? seen = null;
        await using var app = await EvaluatedApp.StartAsync((identity, _) => Task.FromResult((seen = identity) is not null));
        using var browser = app.App.Browser();
        await browser.LogInAsync(Alice);
        using var told = await browser.GetAsync("/cdn-cgi/access/get-identity");

        seen!.Groups.Single().Name.ShouldBe("platform");
        var identity = System.Text.Json.Nodes.JsonNode.Parse(await told.Content.ReadAsStringAsync())!;
        System.Text.Json.Nodes.JsonNode.DeepEquals(System.Text.Json.Nodes.JsonNode.Parse(seen.Json.GetRawText()), identity).ShouldBeTrue();
    }

    [Fact]
    public async Task The_app_sees_the_user_agent_of_the_library()
    {
        var seen = new ConcurrentQueue<string>();
        await using var app = await EvaluatedApp.StartAsync(
            (_, _) => Task.FromResult(true),
            network: services => new WatchingHandler(
                request => seen.Enqueue(request.Headers.UserAgent.ToString()), ((TestServer)services.GetRequiredService<IServer>()).CreateHandler()));
        using var browser = app.App.Browser();
        await browser.LogInAsync(Alice);

        seen.ShouldBe([SentUserAgent.Expected, SentUserAgent.Expected]);
    }

    [Fact]
    public async Task The_app_is_asked_by_the_version_of_the_named_client()
    {
        var seen = new ConcurrentQueue<Version>();
        await using var app = await EvaluatedApp.StartAsync(
            (_, _) => Task.FromResult(true),
            network: services => new WatchingHandler(
                request => seen.Enqueue(request.Version), ((TestServer)services.GetRequiredService<IServer>()).CreateHandler()),
            configureClient: client => client.DefaultRequestVersion = HttpVersion.Version20);
        using var browser = app.App.Browser();
        await browser.LogInAsync(Alice);

        seen.ShouldBe([HttpVersion.Version20, HttpVersion.Version20]);
    }

    [Fact]
    public async Task An_app_that_throws_lets_nobody_in()
    {
        await using var app = await EvaluatedApp.StartAsync((_, _) => throw new InvalidOperationException("No database."));
        using var browser = app.App.Browser();

        (await browser.LogInAsync(Alice)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_path_that_is_not_bypassed_cannot_be_asked_and_the_page_says_why()
    {
        await using var app = await EvaluatedApp.StartAsync(
            (_, _) => Task.FromResult(true), [new() { Policies = [new() { ExternalEvaluation = EvaluatedApp.Rule }] }]);
        using var browser = app.App.Browser();
        using var response = await browser.LogInAsync(Alice);

        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await TextOf(response)).ShouldContain("answered 302, not 200; where it is behind Access itself, its path needs an application with a Bypass policy.");
    }

    [Fact]
    public async Task Lists_of_the_policy_have_to_name_the_person_too()
    {
        var asked = new Signal();
        await using var app = await EvaluatedApp.StartAsync(
            Yes(asked),
            [new() { Policies = [new() { Groups = ["platform"], ExternalEvaluation = EvaluatedApp.Rule }] }, EvaluatedApp.Bypass]);
        using var bob = app.App.Browser();
        using var alice = app.App.Browser();
        await bob.LogInAsync(Bob);
        (await bob.GetAsync("/guarded")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        asked.Count.ShouldBe(0);

        await alice.LogInAsync(Alice);
        (await alice.GetAsync("/guarded")).StatusCode.ShouldBe(HttpStatusCode.OK);
        asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_is_asked_about_whom_another_policy_lets_in()
    {
        var asked = new Signal();
        await using var app = await EvaluatedApp.StartAsync(
            Yes(asked),
            [new() { Policies = [new() { ExternalEvaluation = EvaluatedApp.Rule }, new() { Emails = [Bob] }] }, EvaluatedApp.Bypass]);
        using var browser = app.App.Browser();
        await browser.LogInAsync(Bob);

        (await browser.GetAsync("/guarded")).StatusCode.ShouldBe(HttpStatusCode.OK);
        asked.Count.ShouldBe(0);
    }

    [Fact]
    public async Task It_is_asked_at_login_only_and_once_for_each_application()
    {
        var asked = new Signal();
        await using var app = await EvaluatedApp.StartAsync(
            Yes(asked),
            [
                new() { Name = "open", Policies = [new() { Everyone = true }] },
                new() { Name = "evaluated", Audience = "evaluated", Paths = ["/guarded"], Policies = [new() { ExternalEvaluation = EvaluatedApp.Rule }] },
                EvaluatedApp.Bypass,
            ]);
        using var browser = app.App.Browser();
        await browser.LogInAsync(Alice);
        (await browser.GetAsync("/echo")).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var sent = await browser.GetAsync("/guarded");
        sent.StatusCode.ShouldBe(HttpStatusCode.Found);
        asked.Count.ShouldBe(0);

        var login = sent.Headers.Location!.OriginalString;
        login.ShouldContain("kid=evaluated");
        await browser.SendFormAsync(login, [.. Browser.FieldsOf(await browser.OpenAsync(login)), new("person", Alice)]);
        (await browser.GetAsync("/guarded")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await browser.GetAsync("/guarded")).StatusCode.ShouldBe(HttpStatusCode.OK);
        asked.Count.ShouldBe(1);

        // A login to another application forgets nothing.
        await browser.LogInAsync(Alice);
        (await browser.GetAsync("/guarded")).StatusCode.ShouldBe(HttpStatusCode.OK);
        asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_one_person_passed_another_has_not()
    {
        await using var app = await EvaluatedApp.StartAsync(
            (identity, _) => Task.FromResult(identity.Email == Alice),
            [
                new() { Name = "open", Policies = [new() { Everyone = true }] },
                new() { Name = "evaluated", Audience = "evaluated", Paths = ["/guarded"], Policies = [new() { ExternalEvaluation = EvaluatedApp.Rule }] },
                EvaluatedApp.Bypass,
            ]);
        using var browser = app.App.Browser();
        const string Login = "/cdn-cgi/access/login/localhost?kid=evaluated";
        await browser.SendFormAsync(Login, [.. Browser.FieldsOf(await browser.OpenAsync(Login)), new("person", Alice)]);
        (await browser.GetAsync("/guarded")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await browser.LogInAsync(Bob);
        (await browser.GetAsync("/guarded")).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task A_login_in_code_asks_nobody()
    {
        var asked = new Signal();
        await using var app = await EvaluatedApp.StartAsync(Yes(asked));
        using var client = app.App.Server.CreateClient();

        (await client.AsAccessUser(app.App.Emulator, Bob).GetAsync("/guarded", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        asked.Count.ShouldBe(0);
    }

    [Fact]
    public async Task An_app_that_listens_is_asked_at_its_own_address()
    {
        var keys = Directory.CreateTempSubdirectory("cfaccess-");
        await using var app = await TestApp.StartAsync(
            builder =>
            {
                builder.Services.AddCloudflareAccess();
                builder.Services.AddCloudflareAccessExternalEvaluation(options => options.KeyDirectory = keys.FullName);
                builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
                builder.AddCloudflareAccessEmulator(options =>
                {
                    options.Output = TextWriter.Null;
                    options.Applications = [new() { Policies = [new() { ExternalEvaluation = EvaluatedApp.Rule }] }, EvaluatedApp.Bypass];
                });
            },
            app =>
            {
                app.MapAccessExternalEvaluation("/evaluate", (identity, _) => Task.FromResult(identity.Email == Alice));
                app.MapGet("/me", () => "in").RequireAuthorization();
            },
            listens: true,
            environment: "Development");
        var address = new UriBuilder(app.Address) { Host = "localhost" }.Uri;
        using var alice = new Browser(address);
        using var bob = new Browser(address);

        (await alice.LogInAsync(Alice)).StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        (await alice.GetAsync("/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await bob.LogInAsync(Bob)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        keys.Delete(recursive: true);
    }

    private static Func<AccessIdentity, CancellationToken, Task<bool>> Yes(Signal asked) => (_, _) =>
    {
        asked.Raise();
        return Task.FromResult(true);
    };

    private static async Task<string> TextOf(HttpResponseMessage response) =>
        WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    private sealed class WatchingHandler(Action<HttpRequestMessage> see, HttpMessageHandler network) : DelegatingHandler(network)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            see(request);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
