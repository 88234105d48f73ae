using System.Buffers.Text;
using System.Text;
using CfAccess.Cli.CommandLine;
using CfAccess.Testing;
using Spectre.Console;

namespace CfAccess.Cli.Tests.Output;

/// <summary>What is never shown: a token, its signature; and what never reaches the terminal as it is: what a token says.</summary>
public sealed class SecrecyTests : IDisposable
{
    private const string Hostile = "\u001b[2J\u001b]0;owned\u0007[red]boo[/]\r\nok\u202egnp\u009b31m";

    private readonly KeyedTeam _team = new();

    public void Dispose() => _team.Dispose();

    [Fact]
    public async Task Neither_token_nor_signature_is_ever_written()
    {
        var good = _team.Minter.MintPerson();
        var other = new TokenMinter(_team.Clock, TestKey.Get("attacker")).MintPerson();
        string[] tokens = [good, other, good[..^10], good + "=", good.Replace("eyJ", "eyX", StringComparison.Ordinal)];
        foreach (var token in tokens)
        {
            string[][] runs =
            [
                ["verify", .. _team.Options],
                ["verify", .. _team.Options, "--json"],
                ["inspect"],
                ["inspect", "--json"],
            ];
            foreach (var args in runs)
            {
                ShouldNotTell(await new CliRunSetup { Clock = _team.Clock, In = token }.RunAsync(args), token);
                ShouldNotTell(await new CliRunSetup { Clock = _team.Clock }.RunAsync([.. args, token]), token);
            }
        }
    }

    [Theory]
    [InlineData("verify", "--tokn")]
    [InlineData("verify", "--header")]
    [InlineData("verify", "--at")]
    [InlineData("verify", "--team", "acme", "--aud")]
    [InlineData("verify", "--clock-skew")]
    [InlineData("verify", "--aud", "x", "--team")]
    [InlineData("verify", "--aud", "x", "--team", "acme", "--at")]
    [InlineData("verify", "--aud", "x", "--team", "acme", "--keys")]
    [InlineData("doctor")]
    [InlineData("doctor", "--aud", "x", "--team", "acme", "--url")]
    [InlineData("doctor", "--aud", "x", "--team", "acme", "--url", "https://app.example.com", "--origin")]
    [InlineData("emulate", "--file")]
    [InlineData("token", "--email", "a@example.com", "--secret", "s", "--url")]
    [InlineData("rules", "check")]
    [InlineData("rules", "test")]
    [InlineData("completion")]
    public async Task A_token_in_the_wrong_place_is_not_quoted_back(params string[] args)
    {
        var token = _team.Minter.MintPerson();

        var run = await CliRun.RunAsync([.. args, token]);

        run.ExitCode.ShouldBe(2);
        ShouldNotTell(run, token);
        if (args is [.., ['-', '-', ..] option])
        {
            ShouldNotTell(await CliRun.RunAsync([.. args[..^1], $"{option}={token}"]), token);
            ShouldNotTell(await CliRun.RunAsync([.. args[..^1], $"{option}:{token}"]), token);
        }
    }

    [Fact]
    public async Task A_password_in_an_address_is_not_quoted_back()
    {
        var run = await CliRun.RunAsync("doctor", "--aud", "x", "--team", "acme", "--url", "https://user:secret@app.example.com");

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain("without user and password");
        run.Error.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("https://access.example.com")]
    [InlineData("/home/carol/my-app/certs.json")]
    [InlineData("10.0.0.5:99999")]
    public void What_is_no_secret_is_quoted(string value) => Quoted.Value(value).ShouldBe(value);

    [Theory]
    [InlineData("""{"a":"\ud800"}""")]
    [InlineData("""{"\udc00":1}""")]
    [InlineData("""{"a":[{"b":"\ud800x"}]}""")]
    public async Task Half_of_a_surrogate_pair_is_no_defect(string payload)
    {
        var token = $"eyJhbGciOiJSUzI1NiJ9.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}.AAAA";

        foreach (var json in (string[][])[[], ["--json"]])
        {
            (await new CliRunSetup { In = token }.RunAsync(["inspect", .. json])).ExitCode.ShouldBe(1);
            (await new CliRunSetup { In = token, Clock = _team.Clock }.RunAsync(["verify", .. _team.Options, .. json])).ExitCode.ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(AnsiSupport.No)]
    [InlineData(AnsiSupport.Yes)]
    public async Task Control_characters_of_a_token_are_shown_and_not_obeyed(AnsiSupport ansi)
    {
        var token = _team.Minter.MintPerson(payload =>
        {
            payload["iss"] = Hostile;
            payload["type"] = Hostile;
            payload[Hostile] = Hostile;
        });

        foreach (var args in (string[][])[["verify", .. _team.Options], ["inspect"]])
        {
            var run = await new CliRunSetup { Clock = _team.Clock, In = token, Ansi = ansi }.RunAsync(args);

            run.Out.ShouldNotContain("\u001b[2J");
            run.Out.ShouldNotContain("\u001b]0");
            run.Out.ShouldNotContain("\u0007");
            run.Out.ShouldNotContain("\u009b");
            run.Out.ShouldNotContain("\u202e");
            run.Out.ShouldContain("\\u001B", Case.Insensitive);
            run.Out.ShouldContain("[red]boo[/]");
        }
    }

    [Fact]
    public async Task Control_characters_of_an_argument_are_shown_and_not_obeyed()
    {
        var run = await CliRun.RunAsync("verify", "--team", "\u001b[31macme", "--aud", "x", "token");

        run.Error.ShouldContain("\\u001B[31macme");
        run.Error.ShouldNotContain("\u001b");
    }

    private static void ShouldNotTell(CliRun run, string token)
    {
        var told = run.Out + run.Error;
        var signature = token.Split('.')[2];
        told.ShouldNotContain(token);
        told.ShouldNotContain(signature);
        told.ShouldNotContain(signature[10..60]);
        told.ShouldNotContain(token.Split('.')[1][..60]);
    }
}
