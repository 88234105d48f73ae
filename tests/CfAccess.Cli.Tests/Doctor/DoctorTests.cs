using System.Globalization;
using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Cli.Tests.Doctor;

/// <summary>A team, an application and an origin on loopback, right and wrong in each way.</summary>
public sealed class DoctorTests : IAsyncLifetime
{
    private LoopbackKeysEndpoint _team = null!;
    private FrontDoor _application = null!;

    private string Issuer => _team.Origin.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        _team = await LoopbackKeysEndpoint.StartAsync(TestKey.Get("previous"), TestKey.Get("current"));
        _application = await FrontDoor.OpenAsync(FrontDoor.Redirect(Login(Issuer, TestTeam.Audience)));
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        await _team.DisposeAsync();
    }

    [Fact]
    public async Task Where_all_is_well_it_says_so_and_ends_with_0()
    {
        await using var origin = await OriginBehindCfAccessAsync();

        var run = await ExamineAsync("--origin", Authority(origin));

        run.ExitCode.ShouldBe(0);
        run.Json.GetProperty("well").GetBoolean().ShouldBeTrue();
        Results(run).ShouldBe(
            ["team passed", "keys passed", "clock passed", "login passed", "audience passed", "no token passed", "unsigned passed", "email header passed"]);
    }

    [Fact]
    public async Task The_origin_is_called_by_the_application_s_name_and_asked_three_things()
    {
        var asked = new List<(string Host, string Path, string? Token, string? Email)>();
        await using var origin = await FrontDoor.OpenAsync(context =>
        {
            lock (asked)
            {
                asked.Add((
                    context.Request.Host.Value!,
                    context.Request.Path,
                    context.Request.Headers[CloudflareAccessDefaults.AssertionHeader].SingleOrDefault(),
                    context.Request.Headers["Cf-Access-Authenticated-User-Email"].SingleOrDefault()));
            }

            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        });

        await ExamineAsync("--origin", origin.Address.AbsoluteUri);

        asked.Count.ShouldBe(3);
        asked.ShouldAllBe(one => one.Host == _application.Address.Authority && one.Path == "/private");
        asked[0].ShouldSatisfyAllConditions(one => one.Token.ShouldBeNull(), one => one.Email.ShouldBeNull());
        asked[1].Token!.ShouldEndWith(".");
        asked[2].ShouldSatisfyAllConditions(one => one.Token.ShouldBeNull(), one => one.Email.ShouldNotBeNull());
    }

    [Fact]
    public async Task Without_an_origin_that_is_not_asked()
    {
        var run = await ExamineAsync();

        run.ExitCode.ShouldBe(0);
        Results(run).TakeLast(3).ShouldAllBe(result => result.EndsWith("not_reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_open_origin_is_told_in_plain_words()
    {
        await using var origin = await FrontDoor.OpenAsync(FrontDoor.Status(200));

        var run = await ExamineAsync("--origin", Authority(origin));

        run.ExitCode.ShouldBe(1);
        Results(run).TakeLast(3).ShouldBe(["no token failed", "unsigned failed", "email header failed"]);
        Seen(run, "no token").ShouldBe("LET IN with 200: whoever finds this address gets in");
    }

    [Fact]
    public async Task An_origin_that_trusts_the_email_header_is_found()
    {
        await using var origin = await FrontDoor.OpenAsync(context => Answer(context, context.Request.Headers.ContainsKey("Cf-Access-Authenticated-User-Email")));

        Results(await ExamineAsync("--origin", Authority(origin))).TakeLast(3).ShouldBe(["no token passed", "unsigned passed", "email header failed"]);
    }

    [Fact]
    public async Task An_origin_that_reads_tokens_without_verifying_them_is_found()
    {
        await using var origin = await FrontDoor.OpenAsync(context => Answer(context, context.Request.Headers.ContainsKey(CloudflareAccessDefaults.AssertionHeader)));

        Results(await ExamineAsync("--origin", Authority(origin))).TakeLast(3).ShouldBe(["no token passed", "unsigned failed", "email header passed"]);
    }

    [Fact]
    public async Task An_answer_that_tells_nothing_is_not_taken_for_a_refusal()
    {
        await using var origin = await FrontDoor.OpenAsync(FrontDoor.Status(404));

        var run = await ExamineAsync("--origin", Authority(origin));

        run.ExitCode.ShouldBe(1);
        Seen(run, "no token").ShouldBe("neither refused nor let in: 404");
    }

    [Fact]
    public async Task A_certificate_of_its_own_is_taken_only_where_that_is_allowed()
    {
        await using var origin = await FrontDoor.OpenAsync(FrontDoor.Status(401), isTls: true);

        var careful = await ExamineAsync("--origin", origin.Address.AbsoluteUri);
        var daring = await ExamineAsync("--origin", origin.Address.AbsoluteUri, "--insecure-origin");

        careful.ExitCode.ShouldBe(3);
        careful.Out.ShouldContain("give --insecure-origin too");
        daring.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task An_origin_that_nobody_can_reach_ends_with_3()
    {
        await using var origin = await FrontDoor.OpenAsync(FrontDoor.Status(200));
        var address = Authority(origin);
        await origin.DisposeAsync();

        (await ExamineAsync("--origin", address)).ExitCode.ShouldBe(3);
    }

    [Theory]
    [InlineData(200, "answers 200 without a login")]
    [InlineData(403, "answers 403 in place of a login")]
    [InlineData(500, "answers 500")]
    public async Task An_application_that_asks_for_no_login_is_found(int status, string seen)
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Status(status));

        var run = await ExamineAsync(application);

        run.ExitCode.ShouldBe(1);
        Seen(run, "login").ShouldBe(seen);
        Results(run)[4].ShouldBe("audience not_reached");
    }

    [Fact]
    public async Task A_redirect_to_another_team_s_login_names_that_team()
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Redirect(Login("https://other.cloudflareaccess.com", TestTeam.Audience)));

        var run = await ExamineAsync(application);

        Results(run)[3].ShouldBe("login failed");
        run.Out.ShouldContain("https://other.cloudflareaccess.com");
        run.Out.ShouldNotContain("eyJtZXRhIjoxfQ");
    }

    [Fact]
    public async Task A_redirect_to_elsewhere_is_not_followed()
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Redirect($"{Issuer}/elsewhere"));

        var run = await ExamineAsync(application);

        Results(run)[3].ShouldBe("login failed");
        _team.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_login_for_another_application_is_found()
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Redirect(Login(Issuer, TestTeam.OtherAudience)));

        var run = await ExamineAsync(application);

        run.ExitCode.ShouldBe(1);
        Results(run)[3..5].ShouldBe(["login passed", "audience failed"]);
        Seen(run, "audience").ShouldContain(TestTeam.OtherAudience);
    }

    [Fact]
    public async Task A_team_that_does_not_exist_is_found()
    {
        _team.AnswerWith(404, "<html>", "text/html");

        var run = await ExamineAsync();

        run.ExitCode.ShouldBe(1);
        Results(run)[..2].ShouldBe(["team failed", "keys not_reached"]);
    }

    [Fact]
    public async Task A_team_that_nobody_can_reach_ends_with_3()
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Redirect(Login(Nobody.Origin, TestTeam.Audience)));

        var run = await CliRun.RunAsync("doctor", "--url", application.Address.AbsoluteUri, "--team", Nobody.Origin, "--aud", TestTeam.Audience, "--json");

        run.ExitCode.ShouldBe(3);
        run.Json.GetProperty("steps")[0].GetProperty("unreachable").GetBoolean().ShouldBeTrue();
    }

    [Theory]
    [InlineData(-59, "passed")]
    [InlineData(-61, "failed")]
    [InlineData(59, "passed")]
    [InlineData(61, "failed")]
    public async Task A_clock_is_wrong_from_the_tolerance_on(int ahead, string result)
    {
        var clock = new ManualTimeProvider();
        var then = _team.Answer;
        _team.Answer = context =>
        {
            context.Response.Headers.Date = clock.GetUtcNow().AddSeconds(-ahead).ToString("R", CultureInfo.InvariantCulture);
            return then(context);
        };

        var run = await new CliRunSetup { Clock = clock }.RunAsync(Arguments(_application));

        Results(run)[2].ShouldBe($"clock {result}");
        Seen(run, "clock").ShouldEndWith(ahead > 0 ? "ahead" : "behind");
    }

    private static string Login(string issuer, string audience) =>
        $"{issuer}/cdn-cgi/access/login/app.example.com?kid={audience}&meta=eyJtZXRhIjoxfQ&redirect_url=%2Fprivate";

    private static string Authority(FrontDoor door) => door.Address.Authority;

    private static Task Answer(HttpContext context, bool letsIn)
    {
        context.Response.StatusCode = letsIn ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private static List<string> Results(CliRun run) =>
        [.. run.Json.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("step").GetString()} {step.GetProperty("result").GetString()}")];

    private static string Seen(CliRun run, string step) =>
        run.Json.GetProperty("steps").EnumerateArray().Single(one => one.GetProperty("step").GetString() == step).GetProperty("seen").GetString()!;

    private string[] Arguments(FrontDoor application) =>
        ["doctor", "--url", new Uri(application.Address, "/private").AbsoluteUri, "--team", Issuer, "--aud", TestTeam.Audience, "--json"];

    private Task<CliRun> ExamineAsync(params string[] more) => CliRun.RunAsync([.. Arguments(_application), .. more]);

    private Task<CliRun> ExamineAsync(FrontDoor application) => CliRun.RunAsync(Arguments(application));

    /// <summary>An origin as the README has it.</summary>
    private Task<FrontDoor> OriginBehindCfAccessAsync() => FrontDoor.OpenAsync(
        FrontDoor.Status((int)HttpStatusCode.NotFound),
        add: services => services
            .AddCloudflareAccess(options =>
            {
                options.TeamDomain = Issuer;
                options.AllowCustomTeamDomain = true;
                options.Audiences = [TestTeam.Audience];
            }),
        use: app =>
        {
            app.UseRouting();
            app.UseAuthentication();
            app.UseAuthorization();
            app.MapGet("/private", () => "in").RequireAuthorization(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            app.UseEndpoints(_ => { });
        });
}
