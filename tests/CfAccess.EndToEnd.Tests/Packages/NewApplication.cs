using System.Security;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Packages;

/// <summary>
/// What <c>dotnet new web</c> makes, with the packages added and with the code of the README, in a folder outside the repository. Packages come
/// from the folder where they were packed, and what they depend on from those that this machine has restored already; no network is asked.
/// </summary>
public sealed class NewApplication(PackedSolution packed) : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("CfAccess");

    /// <summary>The built assembly.</summary>
    public string Program => Path.Combine(_folder.FullName, "out", "Hello.dll");

    public async ValueTask InitializeAsync()
    {
        var home = _folder.CreateSubdirectory("Hello").FullName;
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "NuGet.config"), Sources(packed.Folder));
        await Dotnet.RunAsync(home, "new", "web", "--no-restore", "--no-update-check");
        await AddPackagesAsync(Path.Combine(home, "Hello.csproj"));
        var readme = new Markdown("README.md").Blocks("csharp").First(code => code.Contains("WebApplication.CreateBuilder", StringComparison.Ordinal));
        await File.WriteAllTextAsync(Path.Combine(home, "Program.cs"), readme);
        await File.WriteAllTextAsync(Path.Combine(home, "Shield.cs"), $$"""
            static class Shield
            {
                public static void Use(WebApplicationBuilder builder)
                {
            {{new Markdown("src/CfAccess.ApiShield/README.md").Blocks("csharp").Single()}}
                }
            }
            """);
        await Dotnet.RunAsync(home, "build", "--output", "../out", "-warnaserror", "-p:NuGetAudit=false", "-p:UseAppHost=false", "-maxcpucount:1");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>What <c>dotnet add package</c> writes, without a restore for each.</summary>
    private static async Task AddPackagesAsync(string project)
    {
        var references = PackableProject.All.Where(package => !package.IsTool)
            .Select(package => $"""<PackageReference Include="{package.Name}" Version="{PackableProject.Version}" />""");
        var text = await File.ReadAllTextAsync(project);
        await File.WriteAllTextAsync(
            project, text.Replace("</Project>", $"<ItemGroup>{string.Concat(references)}</ItemGroup></Project>", StringComparison.Ordinal));
    }

    /// <summary>The packages of this machine are a source, and not where these are put: those of another day must not be taken for ours.</summary>
    private static string Sources(string folder)
    {
        var home = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set
            ? set
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <configuration>
              <config>
                <add key="globalPackagesFolder" value="packages" />
              </config>
              <packageSources>
                <clear />
                <add key="packed" value="{SecurityElement.Escape(folder)}" />
                <add key="machine" value="{SecurityElement.Escape(home)}" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="packed"><package pattern="CfAccess.*" /></packageSource>
                <packageSource key="machine"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """;
    }
}
