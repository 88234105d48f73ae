using System.CommandLine;
using CfAccess.Cli.CommandLine;

namespace CfAccess.Cli.Verify;

/// <summary>The options of <c>cfaccess verify</c>.</summary>
internal sealed class VerifyOptions
{
    public Argument<string[]> Token { get; } = TokenArgument.Make();

    public Option<string?> Team { get; } = CommonOptions.Team();

    public Option<bool> AllowCustomTeam { get; } = CommonOptions.AllowCustomTeam();

    public Option<string[]> Audiences { get; } = CommonOptions.Audiences();

    public Option<string[]> Header { get; } = CommonOptions.Header(
        "A whole header line that holds the token: 'Cf-Access-Jwt-Assertion: …' or 'Cookie: …'.");

    public Option<string?> At { get; } = new("--at")
    {
        Description = "Check as of another time: 2026-03-01T12:00:00Z, or seconds since 1970.",
        HelpName = "TIME",
    };

    public Option<string?> Keys { get; } = new("--keys")
    {
        Description = "Take the team's keys from a file, without network: what /cdn-cgi/access/certs answers, or a JWK set.",
        HelpName = "FILE",
    };

    public Option<int> ClockSkew { get; } = new("--clock-skew")
    {
        Description = "The application's ClockSkew, in seconds from 0 to 300.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 60,
    };

    public Option<int> MaxLength { get; } = new("--max-length")
    {
        Description = "The application's MaxTokenLength, in characters from 1024 to 1048576.",
        HelpName = "NUMBER",
        DefaultValueFactory = _ => 16 * 1024,
    };

    public void AddTo(Command command)
    {
        command.Add(Token);
        foreach (Option option in (Option[])[Team, Audiences, Header, At, Keys, ClockSkew, MaxLength, AllowCustomTeam])
        {
            command.Add(option);
        }
    }
}
