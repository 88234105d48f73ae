using System.Diagnostics;
using System.Text;
using System.Text.Json;
using CfAccess.Cli.Tests.Doctor;
using CfAccess.Testing;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Cli.Tests.Emulate;

/// <summary>The emulator as a process, and tokens of it.</summary>
public sealed class EmulateTests
{
    private const string People = """
        { "CloudflareAccess": { "Emulator": {
          "People": [ { "Email": "carol@example.com", "Groups": [ "finance" ] } ],
          "Applications": [ { "Name": "Reports", "Audience": "reports-tag", "Paths": [ "/" ] }, { "Name": "Other", "Audience": "other-tag", "Paths": [ "/other" ] } ]
        } } }
        """;

    [Fact]
    public async Task It_runs_with_people_and_applications_of_a_file_makes_tokens_and_ends_with_0_on_control_c()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no signal to send.");
        using var folder = new TemporaryFolder();
        var file = folder.Write("people.json", People);
        using var emulator = CliProcess.StartTool(["emulate", "--port", "0", "--file", file, "--json"], ("CFACCESS_EMULATOR_SECRET", "only-for-this-test"));
        try
        {
            var started = await FirstObjectAsync(emulator.StandardOutput);
            var (url, issuer) = (started.GetProperty("address").GetString()!, started.GetProperty("issuer").GetString()!);
            started.GetProperty("audiences").EnumerateArray().Select(tag => tag.GetString()).ShouldBe(["reports-tag", "other-tag"]);
            started.GetProperty("mintSecret").GetString().ShouldBe("only-for-this-test");
            Dictionary<string, string> secret = new() { ["CFACCESS_EMULATOR_SECRET"] = "only-for-this-test" };

            var token = await new CliRunSetup { Variables = secret }.RunAsync(["token", "--email", "carol@example.com", "--audience", "other-tag", "--url", url]);
            token.ExitCode.ShouldBe(0);
            (await new CliRunSetup { In = token.Out }.RunAsync(["verify", "--team", issuer, "--aud", "other-tag"])).ExitCode.ShouldBe(0);

            var stranger = await new CliRunSetup { Variables = secret }.RunAsync(["token", "--email", "eve@example.com", "--group", "finance", "--group", "sales", "--url", url, "--json"]);
            var payload = await new CliRunSetup { In = stranger.Json.GetProperty("token").GetString() }.RunAsync(["inspect", "--json"]);
            payload.Json.GetProperty("payload").GetProperty("custom").GetProperty("groups").EnumerateArray().Select(group => group.GetString()).ShouldBe(["finance", "sales"]);

            (await new CliRunSetup { Variables = secret }.RunAsync(["token", "--email", "nobody@example.com", "--url", url])).ShouldSatisfyAllConditions(
                run => run.ExitCode.ShouldBe(1), run => run.Error.ShouldStartWith("The emulator makes no such token."));
            (await CliRun.RunAsync("token", "--email", "carol@example.com", "--url", url, "--secret", "wrong")).ShouldSatisfyAllConditions(
                run => run.ExitCode.ShouldBe(1), run => run.Error.ShouldStartWith("The emulator knows another secret."));

            await InterruptAsync(emulator);
            emulator.ExitCode.ShouldBe(0);
            (await new CliRunSetup { Variables = secret }.RunAsync(["token", "--email", "carol@example.com", "--url", url])).ShouldSatisfyAllConditions(
                run => run.ExitCode.ShouldBe(3), run => run.Error.ShouldStartWith("No emulator answers at"));
        }
        finally
        {
            emulator.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task The_emulator_sees_the_user_agent_of_the_library_when_it_is_asked_for_a_token()
    {
        var seen = string.Empty;
        await using var emulator = await FrontDoor.OpenAsync(context =>
        {
            seen = context.Request.Headers.UserAgent.ToString();
            return context.Response.WriteAsync("a.b.c");
        });

        var run = await CliRun.RunAsync("token", "--email", "carol@example.com", "--secret", "secret", "--url", emulator.Address.AbsoluteUri);

        run.ExitCode.ShouldBe(0);
        seen.ShouldBe(SentUserAgent.Expected);
    }

    [Theory]
    [InlineData("""{ "People": [ { "Email": "no address" } ] }""", "People:0: Email")]
    [InlineData("""{ "Peple": [] , "Edge": "perhaps" }""", "Peple")]
    [InlineData("not json", "is no JSON object of settings")]
    [InlineData("[1]", "is no JSON object of settings")]
    public async Task A_file_that_is_wrong_is_wrong_use_and_says_where(string content, string sentence)
    {
        using var folder = new TemporaryFolder();

        var run = await CliRun.RunAsync("emulate", "--port", "0", "--file", folder.Write("people.json", content));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(sentence);
        run.Error.TrimEnd('\n').ShouldNotContain("\n");
    }

    [Theory]
    [InlineData(".", "is a folder")]
    [InlineData("no/shield.json", "in a folder that is not there")]
    [InlineData("shield.json", "is no JSON")]
    [InlineData("loop.json", "cannot be read")]
    public async Task A_file_of_API_Shield_that_is_wrong_is_wrong_use_and_is_beside_the_file_that_names_it(string path, string sentence)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links are for administrators there.");
        using var folder = new TemporaryFolder();
        folder.Write("shield.json", "{");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "loop.json"), "back.json");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "back.json"), "loop.json");
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(60), TimeProvider.System);

        var run = await new CliRunSetup().RunAsync(
            ["emulate", "--port", "0", "--file", folder.Write("people.json", $$"""{ "ApiShield": { "File": "{{path}}" } }""")], end.Token);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(folder.Path);
        run.Error.ShouldContain(sentence);
    }

    [Theory]
    [InlineData("\u001b]0;owned\u0007")]
    [InlineData("<html>")]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c\nd")]
    public async Task What_is_no_token_is_not_printed_as_one(string answer)
    {
        await using var server = await FrontDoor.OpenAsync(context => context.Response.WriteAsync(answer));

        var run = await CliRun.RunAsync("token", "--email", "a@example.com", "--secret", "s", "--url", server.Address.AbsoluteUri);

        run.ExitCode.ShouldBe(3);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain("no emulator that makes tokens");
    }

    [Theory]
    [InlineData("Give --port or --address, not both.", "--port", "0", "--address", "http://127.0.0.1:0")]
    [InlineData("is not a network. Write 172.16.0.0/12", "--port", "0", "--allowed-networks", "everyone")]
    [InlineData("172.16.0.0/33", "--port", "0", "--allowed-networks", "10.0.0.0/8,172.16.0.0/33")]
    [InlineData("is not one of this machine alone", "--address", "http://0.0.0.0:0")]
    public async Task An_address_or_a_network_that_is_wrong_is_wrong_use(string sentence, params string[] options)
    {
        var run = await CliRun.RunAsync(["emulate", .. options]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(sentence);
    }

    [Fact]
    public async Task It_listens_on_an_address_and_allows_networks()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("emulator.json", """{ "Issuer": "http://emulator:5090", "AllowedHosts": [ "emulator" ] }""");
        using var emulator = CliProcess.StartTool(
            ["emulate", "--address", "http://0.0.0.0:0", "--allowed-networks", "172.16.0.0/12, 10.0.0.0/8", "--file", file, "--json"]);
        try
        {
            var started = await FirstObjectAsync(emulator.StandardOutput);

            started.GetProperty("issuer").GetString().ShouldBe("http://emulator:5090");
            started.GetProperty("address").GetString()!.ShouldStartWith("http://0.0.0.0:");
        }
        finally
        {
            emulator.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;

        var run = await CliRun.RunAsync("emulate", "--port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));

        run.ExitCode.ShouldBe(3);
        run.Error.ShouldContain("the port is taken");
    }

    private static async Task<JsonElement> FirstObjectAsync(StreamReader output)
    {
        var text = new StringBuilder();
        while (await output.ReadLineAsync().WithDeadlineAsync() is { } line)
        {
            text.AppendLine(line);
            if (line == "}")
            {
                break;
            }
        }

        return JsonElement.Parse(text.ToString());
    }

    private static async Task InterruptAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync().WithDeadlineAsync();
    }
}
