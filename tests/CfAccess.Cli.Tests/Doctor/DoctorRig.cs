using CfAccess.Testing;

namespace CfAccess.Cli.Tests.Doctor;

/// <summary>A team and an application on loopback at which nothing is wrong, to be examined.</summary>
public sealed class DoctorRig : IAsyncLifetime
{
    private LoopbackKeysEndpoint _team = null!;
    private FrontDoor _application = null!;

    public LoopbackKeysEndpoint Team => _team;

    public string Issuer => _team.Origin.GetLeftPart(UriPartial.Authority);

    public Uri Address => _application.Address;

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

    internal static string Login(string issuer, string audience) =>
        $"{issuer}/cdn-cgi/access/login/app.example.com?kid={audience}&meta=eyJtZXRhIjoxfQ&redirect_url=%2Fprivate";

    internal static List<string> Results(CliRun run) =>
        [.. run.Json.GetProperty("steps").EnumerateArray().Select(step => $"{step.GetProperty("step").GetString()} {step.GetProperty("result").GetString()}")];

    internal static string Seen(CliRun run, string step) => Member(run, step, "seen");

    internal static string Advice(CliRun run, string step) => Member(run, step, "advice");

    private static string Member(CliRun run, string step, string name) =>
        run.Json.GetProperty("steps").EnumerateArray().Single(one => one.GetProperty("step").GetString() == step).GetProperty(name).GetString()!;

    internal string[] Arguments(Uri application) =>
        ["doctor", "--url", new Uri(application, "/private").AbsoluteUri, "--team", Issuer, "--aud", TestTeam.Audience, "--json"];

    internal Task<CliRun> ExamineAsync(params string[] more) => CliRun.RunAsync([.. Arguments(Address), .. more]);

    /// <summary>The same without <c>--json</c>.</summary>
    internal Task<CliRun> ExamineAsTextAsync(params string[] more) => CliRun.RunAsync([.. Arguments(Address)[..^1], .. more]);

    internal Task<CliRun> ExamineAsync(FrontDoor application) => CliRun.RunAsync(Arguments(application.Address));
}
