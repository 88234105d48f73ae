using System.Net;
using CfAccess.EndToEnd.Tests.Samples;

namespace CfAccess.EndToEnd.Tests.Packages;

/// <summary>A new application uses the packages, with the code of the README and nothing else.</summary>
[Collection(nameof(PackedSolution))]
public sealed class NewApplicationTests(NewApplication application) : IClassFixture<NewApplication>
{
    private const string Settings = "Authentication__Schemes__CloudflareAccess__";

    [Fact]
    public async Task With_settings_it_starts_and_lets_nobody_in_without_a_token()
    {
        await using var running = await SampleProcess.StartProgramAsync(
            application.Program,
            "Production",
            (Settings + "TeamDomain", "acme"),
            (Settings + "Audiences__0", new string('a', 64)),
            (Settings + "Keys__Prewarm", "Off"));
        using var client = new HttpClient { BaseAddress = running.Address };

        (await client.GetAsync("/me", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Without_settings_it_does_not_start_and_says_what_to_set()
    {
        var (exitCode, output) = await SampleProcess.RunProgramToEndAsync(application.Program, "Production");

        exitCode.ShouldNotBe(0);
        output.ShouldContain("Authentication:Schemes:CloudflareAccess:TeamDomain is missing.");
        output.ShouldContain("Authentication:Schemes:CloudflareAccess:Audiences is empty.");
    }

    [Fact]
    public async Task In_development_the_emulator_stands_before_it()
    {
        await using var running = await SampleProcess.StartProgramAsync(application.Program, "Development");
        await running.PrintedAsync("Person           alice@example.com");
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = running.Address };

        using var login = await client.GetAsync("/me", TestContext.Current.CancellationToken);

        login.StatusCode.ShouldBe(HttpStatusCode.Found);
        login.Headers.Location!.OriginalString.ShouldContain("/cdn-cgi/access/login/");
    }

    [Fact]
    public async Task A_person_and_the_service_of_the_printed_commands_get_a_response_from_the_first_program()
    {
        await using var running = await SampleProcess.StartProgramAsync(application.Program, "Development");
        await running.PrintedAsync("/cdn-cgi/access/emulator/token");
        var commands = PrintedCommand.Parse(running.Output);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

        commands.Count.ShouldBe(2);
        var service = commands[0].Headers.Single(header => header.Name == "CF-Access-Client-Id").Value;
        (await ReadAsync(commands[0])).ShouldContain(service);

        var token = (await ReadAsync(commands[1])).Trim();
        var person = new PrintedCommand(new Uri(running.Address, "/me"), [("Cookie", $"CF_Authorization={token}")], Body: null);
        (await ReadAsync(person)).ShouldContain("alice@example.com");

        async Task<string> ReadAsync(PrintedCommand command)
        {
            using var response = await command.SendAsync(client);
            response.StatusCode.ShouldBe(HttpStatusCode.OK, command.Url.AbsoluteUri);
            return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        }
    }
}
