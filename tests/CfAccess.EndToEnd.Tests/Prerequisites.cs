using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests;

/// <summary>
/// Programs of other languages that tests use. What is not installed skips the test, which says what to do; where <c>CI</c> is set it fails it.
/// </summary>
internal static class Prerequisites
{
    private const string Folder = "tests/CfAccess.EndToEnd.Tests/npm";

    /// <summary>A file of an installed package.</summary>
    public static string NodeFile(string path)
    {
        var file = Path.Combine(RepositoryFile.Find(Folder), "node_modules", path);
        Require(File.Exists(file), $"The npm packages of the tests are not installed: run npm ci in {Folder}.");
        return file;
    }

    public static void Require(bool isThere, string message)
    {
        Assert.SkipWhen(!isThere && Environment.GetEnvironmentVariable("CI") != "true", message);
        Assert.True(isThere, message);
    }
}
