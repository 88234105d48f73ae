using CfAccess.Testing;

namespace CfAccess.Cli.Tests;

/// <summary>The tool as a package, installed from a folder and from nowhere else.</summary>
public sealed class ToolTests
{
    private const string OnlyThisFolder = """
        <configuration>
          <packageSources>
            <clear />
            <add key="folder" value="." />
          </packageSources>
        </configuration>
        """;

    [Fact]
    public async Task It_is_packed_installed_from_a_folder_and_runs()
    {
        using var folder = new TemporaryFolder();
        folder.Write("NuGet.config", OnlyThisFolder);
        var tools = Path.Combine(folder.Path, "tools");

        await DotnetAsync("pack", RepositoryFile.Find("src/CfAccess.Cli"), "--no-build", "-c", CliProcess.Configuration, "-o", folder.Path, "-p:IncludeSymbols=false");
        await DotnetAsync(
            "tool", "install", "CfAccess.Cli", "--tool-path", tools, "--configfile", Path.Combine(folder.Path, "NuGet.config"), "--version", "0.1.0");
        var run = await CliProcess.RunAsync(Path.Combine(tools, OperatingSystem.IsWindows() ? "cfaccess.exe" : "cfaccess"), ["verify"]);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldStartWith("Say which team: --team acme");
    }

    private static async Task DotnetAsync(params string[] args)
    {
        var run = await CliProcess.RunAsync("dotnet", args, string.Empty, ("DOTNET_CLI_TELEMETRY_OPTOUT", "true"), ("DOTNET_NOLOGO", "true"));
        run.ExitCode.ShouldBe(0, run.Out + run.Error);
    }
}
