using System.CommandLine;

namespace CfAccess.Cli.Rules;

/// <summary><c>cfaccess rules</c>: API Shield's rules, without a server.</summary>
internal static class RulesCommand
{
    public static Command Make(Surroundings surroundings) => new("rules", "Check and try API Shield's token validation rules.")
    {
        RulesCheckCommand.Make(surroundings),
        RulesTestCommand.Make(surroundings),
    };

    public static Argument<string> File() => new("FILE")
    {
        Description = "An appsettings.json whose section ApiShield names the documents, or that section alone. Paths in it are below its folder.",
    };
}
