using System.Globalization;

namespace CfAccess.Cli.CommandLine;

/// <summary>Checks what options are given, and says in a sentence what to write instead.</summary>
internal static class OptionValues
{
    /// <summary>The last second of year 9999, beyond which .NET has no time.</summary>
    private const long LastSecond = 253402300799;

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
            : throw CliException.WrongUse($"--at {Quoted.Value(value)} is no time. Write 2026-03-01T12:00:00Z, or seconds since 1970.");
    }

    /// <exception cref="CliException">It is out of its range.</exception>
    public static int InRange(int value, int least, int most, string name) => value >= least && value <= most
        ? value
        : throw CliException.WrongUse(string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it is a number from {least} to {most}."));
}
