using System.Collections.Concurrent;
using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Emulator;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Cli.Tests.Doctor;

/// <summary>What the origin lets in that did not come through Access.</summary>
public sealed class OriginTests(DoctorRig rig) : IClassFixture<DoctorRig>
{
    [Fact]
    public async Task Where_all_is_well_it_says_so_and_ends_with_0()
    {
        await using var origin = await OriginBehindCfAccessAsync();

        var run = await rig.ExamineAsync("--origin", origin.Address.Authority);

        run.ExitCode.ShouldBe(0);
        run.Json.GetProperty("well").GetBoolean().ShouldBeTrue();
        DoctorRig.Results(run).ShouldBe(
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

        await rig.ExamineAsync("--origin", origin.Address.AbsoluteUri);

        asked.Count.ShouldBe(3);
        asked.ShouldAllBe(one => one.Host == rig.Address.Authority && one.Path == "/private");
        asked[0].ShouldSatisfyAllConditions(one => one.Token.ShouldBeNull(), one => one.Email.ShouldBeNull());
        asked[1].Token!.ShouldEndWith(".");
        asked[2].ShouldSatisfyAllConditions(one => one.Token.ShouldBeNull(), one => one.Email.ShouldNotBeNull());
    }

    [Fact]
    public async Task Team_application_and_origin_see_the_user_agent_of_the_library()
    {
        var seen = new ConcurrentQueue<string>();
        RequestDelegate Watched(RequestDelegate then) => context =>
        {
            seen.Enqueue(context.Request.Headers.UserAgent.ToString());
            return then(context);
        };
        await using var team = await LoopbackKeysEndpoint.StartAsync(TestKey.Get("current"));
        var keys = team.Answer;
        team.Answer = (request, cancellationToken) =>
        {
            seen.Enqueue(request.Headers.UserAgent.ToString());
            return keys(request, cancellationToken);
        };
        await using var application = await FrontDoor.OpenAsync(Watched(FrontDoor.Status(401)));
        await using var origin = await FrontDoor.OpenAsync(Watched(FrontDoor.Status(401)));

        await CliRun.RunAsync(
            "doctor", "--url", application.Address.AbsoluteUri, "--team", team.Origin.AbsoluteUri, "--aud", TestTeam.Audience, "--origin", origin.Address.Authority);

        seen.ShouldBe(Enumerable.Repeat(SentUserAgent.Expected, 5));
    }

    [Fact]
    public async Task Without_an_origin_that_is_not_asked()
    {
        var run = await rig.ExamineAsync();

        run.ExitCode.ShouldBe(0);
        DoctorRig.Results(run).TakeLast(3).ShouldAllBe(result => result.EndsWith("not_reached", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Checks_that_were_not_made_are_counted_in_the_first_line()
    {
        await using var origin = await OriginBehindCfAccessAsync();

        (await rig.ExamineAsTextAsync()).Out.ShouldStartWith("– No problem found, but 3 checks were not made\n");
        (await rig.ExamineAsTextAsync("--origin", origin.Address.Authority)).Out.ShouldStartWith("✓ All is well\n");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task The_emulators_own_redirect_to_its_login_is_a_rejection(string host)
    {
        await using var app = await TestApp.StartAsync(
            builder =>
            {
                builder.AddCloudflareAccessEmulator(options => options.Output = TextWriter.Null);
                builder.Services.AddCloudflareAccess();
            },
            UsePrivateEndpoint,
            listens: true,
            environment: "Development");
        var address = app.Address;

        var run = await CliRun.RunAsync(
            "doctor", "--url", $"http://{host}:{address.Port}/private", "--team", $"http://{host}:{address.Port}",
            "--aud", AccessEmulatorDefaults.Audience, "--origin", address.Authority, "--json");

        run.ExitCode.ShouldBe(0, run.Out + run.Error);
        DoctorRig.Results(run).ShouldAllBe(result => result.EndsWith("passed", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("http://localhost:1/cdn-cgi/access/login/localhost")]
    [InlineData("//localhost:1/cdn-cgi/access/login/localhost")]
    [InlineData("/elsewhere")]
    public async Task A_redirect_to_another_login_or_to_elsewhere_is_not_a_rejection(string location)
    {
        await using var origin = await FrontDoor.OpenAsync(FrontDoor.Redirect(location));

        DoctorRig.Results(await rig.ExamineAsync("--origin", origin.Address.Authority)).TakeLast(3)
            .ShouldBe(["no token failed", "unsigned failed", "email header failed"]);
    }

    [Fact]
    public async Task An_open_origin_is_told_in_plain_words()
    {
        await using var origin = await FrontDoor.OpenAsync(FrontDoor.Status(200));

        var run = await rig.ExamineAsync("--origin", origin.Address.Authority);

        run.ExitCode.ShouldBe(1);
        DoctorRig.Results(run).TakeLast(3).ShouldBe(["no token failed", "unsigned failed", "email header failed"]);
        DoctorRig.Seen(run, "no token").ShouldBe("LET IN with 200: whoever finds this address gets in");
    }

    [Fact]
    public async Task An_origin_that_trusts_the_email_header_is_found()
    {
        await using var origin = await FrontDoor.OpenAsync(context => Answer(context, context.Request.Headers.ContainsKey("Cf-Access-Authenticated-User-Email")));

        DoctorRig.Results(await rig.ExamineAsync("--origin", origin.Address.Authority)).TakeLast(3).ShouldBe(["no token passed", "unsigned passed", "email header failed"]);
    }

    [Fact]
    public async Task An_origin_that_reads_tokens_without_verifying_them_is_found()
    {
        await using var origin = await FrontDoor.OpenAsync(context => Answer(context, context.Request.Headers.ContainsKey(CloudflareAccessDefaults.AssertionHeader)));

        DoctorRig.Results(await rig.ExamineAsync("--origin", origin.Address.Authority)).TakeLast(3).ShouldBe(["no token passed", "unsigned failed", "email header passed"]);
    }

    [Fact]
    public async Task An_answer_that_tells_nothing_is_not_taken_for_a_refusal()
    {
        await using var origin = await FrontDoor.OpenAsync(FrontDoor.Status(404));

        var run = await rig.ExamineAsync("--origin", origin.Address.Authority);

        run.ExitCode.ShouldBe(1);
        DoctorRig.Seen(run, "no token").ShouldBe("neither refused nor let in: 404");
    }

    [Theory]
    [InlineData(302)]
    [InlineData(403)]
    public async Task Cloudflare_itself_is_not_taken_for_the_origin(int status)
    {
        await using var cloudflare = await FrontDoor.OpenAsync(context =>
        {
            context.Response.Headers["CF-RAY"] = "8f1e2d3c4b5a6978-FRA";
            context.Response.Headers.Location = DoctorRig.Login(rig.Issuer, TestTeam.Audience);
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var run = await rig.ExamineAsync("--origin", cloudflare.Address.Authority);

        run.ExitCode.ShouldBe(1);
        DoctorRig.Results(run).TakeLast(3).ShouldBe(["no token failed", "unsigned failed", "email header failed"]);
        run.Out.ShouldContain("This is Cloudflare, not the origin");
    }

    [Fact]
    public async Task A_certificate_of_its_own_is_taken_only_where_that_is_allowed()
    {
        await using var origin = await FrontDoor.OpenAsync(FrontDoor.Status(401), isTls: true);

        var careful = await rig.ExamineAsync("--origin", origin.Address.AbsoluteUri);
        var daring = await rig.ExamineAsync("--origin", origin.Address.AbsoluteUri, "--insecure-origin");

        careful.ExitCode.ShouldBe(3);
        careful.Out.ShouldContain("give --insecure-origin too");
        daring.ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task An_origin_that_nobody_can_reach_ends_with_3()
    {
        await using var origin = await FrontDoor.OpenAsync(FrontDoor.Status(200));
        var address = origin.Address.Authority;
        await origin.DisposeAsync();

        (await rig.ExamineAsync("--origin", address)).ExitCode.ShouldBe(3);
    }

    private static Task Answer(HttpContext context, bool letsIn)
    {
        context.Response.StatusCode = letsIn ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    /// <summary>An origin as the README has it.</summary>
    private Task<FrontDoor> OriginBehindCfAccessAsync() => FrontDoor.OpenAsync(
        FrontDoor.Status((int)HttpStatusCode.NotFound),
        add: services => services
            .AddCloudflareAccess(options =>
            {
                options.TeamDomain = rig.Issuer;
                options.AllowCustomTeamDomain = true;
                options.Audiences = [TestTeam.Audience];
            }),
        use: UsePrivateEndpoint);

    private static void UsePrivateEndpoint(WebApplication app)
    {
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/private", () => "in").RequireAuthorization(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        app.UseEndpoints(_ => { });
    }
}
