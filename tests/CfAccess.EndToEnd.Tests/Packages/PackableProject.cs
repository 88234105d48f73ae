using System.Xml.Linq;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Packages;

/// <summary>A project below src that becomes a package.</summary>
internal sealed record PackableProject(string Name, bool IsTool)
{
    /// <summary>What each package may depend on: a new line here is a decision, since every user takes it over.</summary>
    private static readonly Dictionary<string, string[]> Expected = new()
    {
        ["CfAccess.ApiShield"] = ["Microsoft.IdentityModel.JsonWebTokens", "Microsoft.IdentityModel.Tokens"],
        ["CfAccess.AspNetCore"] =
            ["CfAccess.Http", "Microsoft.IdentityModel.JsonWebTokens", "Microsoft.IdentityModel.Tokens"],
        ["CfAccess.Cli"] = [],
        ["CfAccess.Emulator"] = ["CfAccess.AspNetCore", "Microsoft.IdentityModel.JsonWebTokens", "Microsoft.IdentityModel.Tokens"],
        ["CfAccess.Emulator.ApiShield"] = ["CfAccess.ApiShield", "CfAccess.Emulator"],
        ["CfAccess.Http"] = ["Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Http"],
        ["CfAccess.JwtBearer"] =
            ["CfAccess.AspNetCore", "Microsoft.AspNetCore.Authentication.JwtBearer", "Microsoft.IdentityModel.Protocols.OpenIdConnect"],
    };

    /// <summary>Every project below src but those that say they are none.</summary>
    public static IReadOnlyList<PackableProject> All { get; } =
    [
        .. Directory.EnumerateFiles(RepositoryFile.Find("src"), "*.csproj", SearchOption.AllDirectories)
            .Where(file => Value(file, "IsPackable") != "false")
            .Select(file => new PackableProject(Path.GetFileNameWithoutExtension(file), Value(file, "PackAsTool") == "true"))
            .OrderBy(project => project.Name, StringComparer.Ordinal),
    ];

    public static string Version { get; } = Value(RepositoryFile.Find("Directory.Build.props"), "Version")!;

    public string[] Dependencies => Expected.TryGetValue(Name, out var names)
        ? names
        : throw new InvalidOperationException($"{Name} is a new package: say in {nameof(PackableProject)} what it may depend on.");

    private static string? Value(string file, string property) =>
        XDocument.Load(file).Descendants().FirstOrDefault(element => element.Name.LocalName == property)?.Value;
}
