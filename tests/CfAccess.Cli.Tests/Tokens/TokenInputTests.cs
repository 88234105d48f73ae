using CfAccess.Testing;

namespace CfAccess.Cli.Tests.Tokens;

/// <summary>Where a token may come from, and in which shape.</summary>
public sealed class TokenInputTests : IDisposable
{
    private readonly KeyedTeam _team = new();

    private string Token => _team.Minter.MintPerson();

    public void Dispose() => _team.Dispose();

    [Fact]
    public async Task It_comes_as_an_argument() => await ShouldBeValidAsync(null, [Token]);

    [Fact]
    public async Task It_comes_on_standard_input() => await ShouldBeValidAsync(Token + "\n", []);

    [Fact]
    public async Task It_comes_on_standard_input_where_a_dash_says_so() =>
        await ShouldBeValidAsync(Token + "\n", ["-"], ("CFACCESS_TOKEN", "another"));

    [Fact]
    public async Task It_comes_from_the_environment() => await ShouldBeValidAsync(null, [], ("CFACCESS_TOKEN", Token));

    [Fact]
    public async Task An_argument_wins_over_the_environment() => await ShouldBeValidAsync(null, [Token], ("CFACCESS_TOKEN", "another"));

    [Theory]
    [InlineData("Cf-Access-Jwt-Assertion: {0}")]
    [InlineData("cf-access-jwt-assertion:{0}")]
    [InlineData("Cookie: theme=dark; CF_Authorization={0}; a=b")]
    public async Task It_comes_as_a_whole_header_line(string line) =>
        await ShouldBeValidAsync(null, ["--header", string.Format(System.Globalization.CultureInfo.InvariantCulture, line, Token)]);

    [Theory]
    [InlineData("Cf-Access-Jwt-Assertion: {0}\n")]
    [InlineData("cookie: a=b; CF_Authorization={0}\r\n")]
    public async Task A_header_line_is_one_also_on_standard_input(string line) =>
        await ShouldBeValidAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, Token), []);

    [Fact]
    public async Task A_header_line_is_one_also_in_pieces_of_an_argument() => await ShouldBeValidAsync(null, ["Cf-Access-Jwt-Assertion:", Token]);

    [Theory]
    [InlineData("--token", "--token is not an option.")]
    [InlineData("--token=", "--token is not an option.")]
    [InlineData("-t", "-t is not an option.")]
    public async Task A_mistyped_option_is_no_piece_of_the_token(string option, string sentence)
    {
        string[] args = option.EndsWith('=') ? [option + Token] : [option, Token];

        var run = await RunAsync(null, args);

        ShouldBeWrongUse(run, sentence);
        run.Error.ShouldNotContain("eyJ");
    }

    [Fact]
    public async Task The_assertion_decides_beside_a_cookie_as_in_a_request() => await ShouldBeValidAsync(
        null, ["--header", "Cookie: CF_Authorization=forged.forged.forged", "--header", "Cf-Access-Jwt-Assertion: " + Token]);

    [Fact]
    public async Task Two_different_cookies_are_refused_as_in_a_request()
    {
        var run = await RunAsync(null, ["--header", $"Cookie: CF_Authorization={Token}; CF_Authorization=x.y.z"]);

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldContain("Refused: multiple_tokens");
    }

    [Theory]
    [InlineData("Cf-Access-Jwt-Assertion: Bearer {0}")]
    [InlineData("Cf-Access-Jwt-Assertion: {0}, {0}")]
    [InlineData("Cookie: CF_Authorization=\"{0}\"")]
    public async Task A_header_line_is_judged_as_it_stands(string line)
    {
        var run = await RunAsync(null, ["--header", string.Format(System.Globalization.CultureInfo.InvariantCulture, line, Token)]);

        run.ExitCode.ShouldBe(1);
        run.Out.ShouldContain("Refused: malformed");
    }

    [Theory]
    [InlineData("Cf-Access-Jwt-Assertion: ")]
    [InlineData("Cookie: a=b; CF_Authorization=")]
    public async Task Line_breaks_in_a_header_line_are_taken_out_and_told(string start)
    {
        var token = Token;
        var run = await RunAsync(null, ["--header", $"{start}{token[..76]}\r\n  {token[76..]}"]);

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("The header line held line breaks");
    }

    [Fact]
    public async Task Line_breaks_of_a_copied_e_mail_are_taken_out_and_told()
    {
        var token = Token;
        var run = await RunAsync($"> {token[..76]}\r\n> {token[76..152]}\r\n> {token[152..]}\r\n", []);

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("The token was broken into 3 pieces by line breaks or blanks");
    }

    [Fact]
    public async Task Bearer_before_it_is_left_out_and_told()
    {
        var run = await RunAsync($"Bearer {Token}", []);

        run.ExitCode.ShouldBe(0);
        run.Out.ShouldContain("Bearer before the token was left out");
    }

    [Fact]
    public async Task No_token_is_wrong_use() => ShouldBeWrongUse(await RunAsync(null, []), "There is no token.");

    [Fact]
    public async Task An_empty_input_is_wrong_use() => ShouldBeWrongUse(await RunAsync(" \n", []), "There is no token.");

    [Fact]
    public async Task Two_tokens_are_wrong_use() => ShouldBeWrongUse(await RunAsync(null, [Token, Token]), "These are two tokens.");

    [Fact]
    public async Task Two_tokens_on_two_lines_are_wrong_use() => ShouldBeWrongUse(await RunAsync($"{Token}\n{Token}\n", []), "These are two tokens.");

    [Fact]
    public async Task An_argument_and_a_header_are_wrong_use() =>
        ShouldBeWrongUse(await RunAsync(null, [Token, "--header", "Cf-Access-Jwt-Assertion: " + Token]), "The token is given twice");

    [Theory]
    [InlineData("Authorization: Bearer x.y.z")]
    [InlineData("Cf-Access-Token: x.y.z")]
    [InlineData("x.y.z")]
    public async Task Another_header_holds_no_token(string line) =>
        ShouldBeWrongUse(await RunAsync(null, ["--header", line]), "the library reads a token from nothing else");

    [Fact]
    public async Task A_cookie_of_another_case_is_none() =>
        ShouldBeWrongUse(await RunAsync(null, ["--header", $"Cookie: cf_authorization={Token}"]), "There is no token in that: a Cookie line needs CF_Authorization=…");

    [Theory]
    [InlineData("evilcloudflareaccess.com/x", "is no team domain")]
    [InlineData("https://access.example.com", "add --allow-custom-team")]
    [InlineData("http://access.example.com", "is no team domain")]
    [InlineData("", "Say which team")]
    public async Task A_team_that_is_none_is_wrong_use(string team, string sentence)
    {
        var run = await CliRun.RunAsync("verify", Token, "--team", team, "--aud", TestTeam.Audience);

        ShouldBeWrongUse(run, sentence);
    }

    [Theory]
    [InlineData("--aud", "")]
    [InlineData("--aud", "two tags")]
    [InlineData("--aud", "eyJh.eyJh.eyJh")]
    [InlineData("--at", "yesterday")]
    [InlineData("--at", "99999999999999999999")]
    [InlineData("--keys", "/nowhere/certs.json")]
    [InlineData("--clock-skew", "301")]
    [InlineData("--clock-skew", "soon")]
    [InlineData("--max-length", "10")]
    public async Task An_option_out_of_its_range_is_wrong_use(string name, string value) =>
        ShouldBeWrongUse(await RunAsync(Token, [name, value]), string.Empty);

    private static void ShouldBeWrongUse(CliRun run, string sentence) => run.ShouldSatisfyAllConditions(
        () => run.ExitCode.ShouldBe(2),
        () => run.Out.ShouldBeEmpty(),
        () => run.Error.ShouldContain(sentence),
        () => run.Error.TrimEnd().ShouldNotContain("\n"));

    private async Task ShouldBeValidAsync(string? input, string[] args, params (string Name, string Value)[] variables) =>
        (await RunAsync(input, args, variables)).ShouldSatisfyAllConditions(run => run.ExitCode.ShouldBe(0), run => run.Out.ShouldStartWith("✓ Valid"));

    private Task<CliRun> RunAsync(string? input, string[] args, params (string Name, string Value)[] variables) => new CliRunSetup
    {
        Clock = _team.Clock,
        In = input,
        Variables = variables.ToDictionary(variable => variable.Name, variable => variable.Value),
    }.RunAsync(["verify", .. _team.Options, .. args]);
}
