using System.CommandLine;

namespace CfAccess.Cli.CommandLine;

/// <summary>Options that several commands have, made anew for each.</summary>
internal static class CommonOptions
{
    public const string JsonName = "--json";

    public static Option<bool> Json() => new(JsonName)
    {
        Description = "Write the result as JSON, for scripts. Its shape is told in docs/cli.md.",
        Recursive = true,
    };

    public static Option<string?> Team() => new("--team")
    {
        Description = "Your team: acme, acme.fed, acme.cloudflareaccess.com, or the http origin of an emulator on this machine.",
        HelpName = "TEAM",
    };

    public static Option<bool> AllowCustomTeam() => new("--allow-custom-team")
    {
        Description = "Take any https origin as the team, as AllowCustomTeamDomain does. Without it: cloudflareaccess.com and this machine.",
    };

    public static Option<string[]> Audiences() => new("--aud")
    {
        Description = "The AUD tag that the application accepts. Several: --aud once for each, or with commas between them.",
        HelpName = "TAG",
    };

    public static Option<string[]> Header(string description) => new("--header") { Description = description, HelpName = "LINE" };

    public static bool IsJson(this ParseResult parsed) => parsed.GetValue<bool>(JsonName);
}
