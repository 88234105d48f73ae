using CfAccess.Testing;

namespace CfAccess.Cli.Tests.Doctor;

/// <summary>A team and an application, wrong in each way.</summary>
public sealed class DoctorTests : IAsyncLifetime
{
    private readonly DoctorRig _rig = new();

    public ValueTask InitializeAsync() => _rig.InitializeAsync();

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Theory]
    [InlineData(200, "answers 200 without a login")]
    [InlineData(403, "answers 403 in place of a login")]
    [InlineData(500, "answers 500")]
    public async Task An_application_that_asks_for_no_login_is_found(int status, string seen)
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Status(status));

        var run = await _rig.ExamineAsync(application);

        run.ExitCode.ShouldBe(1);
        DoctorRig.Seen(run, "login").ShouldBe(seen);
        DoctorRig.Results(run)[4].ShouldBe("audience not_reached");
    }

    [Fact]
    public async Task A_redirect_to_another_team_s_login_names_that_team()
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Redirect(DoctorRig.Login("https://other.cloudflareaccess.com", TestTeam.Audience)));

        var run = await _rig.ExamineAsync(application);

        DoctorRig.Results(run)[3].ShouldBe("login failed");
        run.Out.ShouldContain("https://other.cloudflareaccess.com");
        run.Out.ShouldNotContain("eyJtZXRhIjoxfQ");
    }

    [Fact]
    public async Task A_redirect_to_elsewhere_is_not_followed()
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Redirect($"{_rig.Issuer}/elsewhere"));

        var run = await _rig.ExamineAsync(application);

        DoctorRig.Results(run)[3].ShouldBe("login failed");
        _rig.Team.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_login_for_another_application_is_found()
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Redirect(DoctorRig.Login(_rig.Issuer, TestTeam.OtherAudience)));

        var run = await _rig.ExamineAsync(application);

        run.ExitCode.ShouldBe(1);
        DoctorRig.Results(run)[3..5].ShouldBe(["login passed", "audience failed"]);
        DoctorRig.Seen(run, "audience").ShouldContain(TestTeam.OtherAudience);
    }

    [Fact]
    public async Task A_login_for_the_same_tag_in_another_case_is_not_taken_for_another_application()
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Redirect(DoctorRig.Login(_rig.Issuer, TestTeam.Audience.ToUpperInvariant())));

        var run = await _rig.ExamineAsync(application);

        run.ExitCode.ShouldBe(1);
        DoctorRig.Results(run)[3..5].ShouldBe(["login passed", "audience failed"]);
        DoctorRig.Advice(run, "audience").ShouldContain("differ only in upper and lower case");
    }

    [Theory]
    [InlineData("")]
    [InlineData("?kid=")]
    [InlineData("?kid={0}&kid={0}")]
    public async Task A_login_that_does_not_name_one_application_is_not_well(string query)
    {
        var login = $"{_rig.Issuer}/cdn-cgi/access/login" + query.Replace("{0}", TestTeam.Audience, StringComparison.Ordinal);
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Redirect(login));

        var run = await _rig.ExamineAsync(application);

        run.ExitCode.ShouldBe(1);
        DoctorRig.Results(run)[3..5].ShouldBe(["login passed", "audience failed"]);
    }

    [Theory]
    [InlineData("/cdn-cgi/access/loginfoo")]
    [InlineData("/cdn-cgi/access/login.html")]
    public async Task A_path_that_only_begins_like_a_login_is_none(string path)
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Redirect($"{_rig.Issuer}{path}?kid={TestTeam.Audience}"));

        DoctorRig.Results(await _rig.ExamineAsync(application))[3..5].ShouldBe(["login failed", "audience not_reached"]);
    }

    [Fact]
    public async Task A_redirect_to_no_address_is_no_defect()
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Redirect("//"));

        var run = await _rig.ExamineAsync(application);

        run.ExitCode.ShouldBe(1);
        DoctorRig.Seen(run, "login").ShouldBe("answers 302");
    }

    [Fact]
    public async Task A_team_that_does_not_exist_is_found()
    {
        _rig.Team.AnswerWith(404, "<html>", "text/html");

        var run = await _rig.ExamineAsync();

        run.ExitCode.ShouldBe(1);
        DoctorRig.Results(run)[..2].ShouldBe(["team failed", "keys not_reached"]);
    }

    [Fact]
    public async Task A_team_whose_firewall_answers_403_is_named_as_such()
    {
        _rig.Team.AnswerWith(403, "error code: 1010", "text/plain");

        var run = await _rig.ExamineAsync();

        run.ExitCode.ShouldBe(3);
        DoctorRig.Results(run)[..2].ShouldBe(["team not_reached", "keys failed"]);
        run.Out.ShouldContain("firewall or bot rule in front of the team domain (error 1010)");
    }

    [Fact]
    public async Task A_team_that_nobody_can_reach_ends_with_3()
    {
        await using var application = await FrontDoor.OpenAsync(FrontDoor.Redirect(DoctorRig.Login(Nobody.Origin, TestTeam.Audience)));

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
        var clock = new TestClock();
        var then = _rig.Team.Answer;
        _rig.Team.Answer = async (request, cancellationToken) =>
        {
            var response = await then(request, cancellationToken);
            response.Headers.Date = clock.GetUtcNow().AddSeconds(-ahead);
            return response;
        };

        var run = await new CliRunSetup { Clock = clock }.RunAsync(_rig.Arguments(_rig.Address));

        DoctorRig.Results(run)[2].ShouldBe($"clock {result}");
        DoctorRig.Seen(run, "clock").ShouldEndWith(ahead > 0 ? "ahead" : "behind");
    }
}
