using System.CommandLine;
using System.Globalization;
using CfAccess.Cli.CommandLine;

namespace CfAccess.Cli.Verify;

/// <summary>The options of <c>cfaccess verify</c>.</summary>
internal sealed class VerifyOptions
{
    private const long LastSecond = 253402300799;

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

    /// <exception cref="CliException">There is none, or one of them is none.</exception>
    public static IList<string> AudiencesOf(string[]? values)
    {
        List<string> audiences = [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries))];
        return audiences.Count > 0 && audiences.TrueForAll(IsTag)
            ? audiences
            : throw CliException.WrongUse(
                "Say which AUD tag the application accepts: --aud TAG (Zero Trust dashboard: Access, Applications, the application, Application Audience (AUD) Tag).");
    }

    /// <summary>Not what slipped from the place of the token: that would be shown.</summary>
    private static bool IsTag(string audience) =>
        audience.Length > 0 && !audience.Any(char.IsWhiteSpace) && audience.Count(character => character == '.') < 2;

    /// <exception cref="CliException">It is no time.</exception>
    public static DateTimeOffset? TimeOf(string? value)
    {
        if (value is null)
        {
            return null;
        }

        if (long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < LastSecond)
        {
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        // Far enough from both ends of .NET's time that tolerances can be added.
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year is >= 1970 and < 9999
            ? time
            : throw CliException.WrongUse($"--at {value} is no time. Write 2026-03-01T12:00:00Z, or seconds since 1970.");
    }

    /// <exception cref="CliException">It is out of its range.</exception>
    public static int InRange(int value, int least, int most, string name) => value >= least && value <= most
        ? value
        : throw CliException.WrongUse(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it is a number from {least} to {most}."));
}
