using System.Text.Json.Nodes;
using CfAccess.Cli.Tests.Doctor;
using CfAccess.Testing;
using Spectre.Console;

namespace CfAccess.Cli.Tests.Output;

/// <summary>The pictures of the README are what the tool prints. With UPDATE_SCREENSHOTS=1 they are made anew.</summary>
public sealed class PictureTests
{
    private const int Width = 100;

    [Fact]
    public async Task The_picture_of_verify_is_what_it_prints()
    {
        using var team = new KeyedTeam();
        var token = team.Minter.MintPerson(payload => payload["aud"] = new JsonArray(TestTeam.OtherAudience));
        team.Clock.Advance(TimeSpan.FromMinutes(48));

        var run = await new CliRunSetup { Clock = team.Clock, In = token, Ansi = AnsiSupport.Yes, Width = Width }.RunAsync(["verify", .. team.Options]);

        Compare("cli-verify.svg", TerminalPicture.Draw($"cfaccess verify --team acme --aud {TestTeam.Audience[..8]}… < token.txt", run.Out));
    }

    [Fact]
    public async Task The_picture_of_doctor_is_what_it_prints()
    {
        var clock = new TestClock();
        await using var team = await LoopbackKeysEndpoint.StartAsync(TestKey.Get("previous"), TestKey.Get("current"));
        var then = team.Answer;
        team.Answer = async (request, cancellationToken) =>
        {
            var response = await then(request, cancellationToken);
            response.Headers.Date = clock.GetUtcNow().AddSeconds(-4);
            return response;
        };
        var issuer = team.Origin.GetLeftPart(UriPartial.Authority);
        await using var application = await FrontDoor.OpenAsync(
            FrontDoor.Redirect($"{issuer}/cdn-cgi/access/login/app.example.com?kid={TestTeam.Audience}"));
        await using var origin = await FrontDoor.OpenAsync(context =>
        {
            context.Response.StatusCode = context.Request.Headers.ContainsKey("Cf-Access-Authenticated-User-Email") ? 200 : 401;
            return Task.CompletedTask;
        });

        var run = await new CliRunSetup { Clock = clock, Ansi = AnsiSupport.Yes, Width = Width }.RunAsync(
            ["doctor", "--url", application.Address.AbsoluteUri, "--team", issuer, "--aud", TestTeam.Audience, "--origin", origin.Address.AbsoluteUri]);

        // The picture tells of the addresses that such a team has, not of the ports that the test got.
        var output = run.Out
            .Replace(issuer, TestTeam.Issuer, StringComparison.Ordinal)
            .Replace(application.Address.AbsoluteUri, "https://app.example.com/", StringComparison.Ordinal);
        output.ShouldNotContain("127.0.0.1");
        Compare(
            "cli-doctor.svg",
            TerminalPicture.Draw($"cfaccess doctor --url https://app.example.com --team acme --aud {TestTeam.Audience[..8]}… --origin 10.0.0.5:8443", output));
    }

    private static void Compare(string name, string picture)
    {
        var file = Path.Combine(RepositoryFile.Find("docs/images"), name);
        if (Environment.GetEnvironmentVariable("UPDATE_SCREENSHOTS") == "1")
        {
            File.WriteAllText(file, picture);
        }

        File.ReadAllText(file).ReplaceLineEndings("\n").ShouldBe(picture, $"Run the tests once with UPDATE_SCREENSHOTS=1 if the change of {name} is meant.");
    }
}
