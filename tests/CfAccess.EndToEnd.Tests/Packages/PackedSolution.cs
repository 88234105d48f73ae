using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Packages;

/// <summary>
/// All packages of the repository, made once by <c>dotnet pack</c> from what is built already, in the configuration of this test run.
/// </summary>
public sealed class PackedSolution : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("CfAccess");

    public string Folder => _folder.FullName;

    public async ValueTask InitializeAsync()
    {
        // …/tests/CfAccess.EndToEnd.Tests/bin/<configuration>/<framework>/
        var configuration = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar)[^2];
        await Dotnet.RunAsync(
            RepositoryFile.Find(string.Empty), "pack", "CfAccess.sln", "--no-build", "--configuration", configuration, "--output", Folder);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    internal PackageFile Package(PackableProject project) => new(Path.Combine(Folder, $"{project.Name}.{PackableProject.Version}.nupkg"));

    internal PackageFile Symbols(PackableProject project) => new(Path.Combine(Folder, $"{project.Name}.{PackableProject.Version}.snupkg"));
}
