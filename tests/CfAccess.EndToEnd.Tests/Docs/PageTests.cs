using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Docs;

/// <summary>The tests that the documentation shows are the ones that run here.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData("AdminTests.cs")]
    [InlineData("WrongTokenTests.cs")]
    public void The_page_about_testing_shows_a_test_that_runs(string file)
    {
        var test = File.ReadAllText(RepositoryFile.Find($"tests/CfAccess.EndToEnd.Tests/Docs/{file}")).ReplaceLineEndings("\n");
        var code = test.Replace("namespace CfAccess.EndToEnd.Tests.Docs;\n\n", string.Empty, StringComparison.Ordinal);

        File.ReadAllText(RepositoryFile.Find("docs/testing.md")).ReplaceLineEndings("\n").ShouldContain($"```csharp\n{code}```", Case.Sensitive);
    }
}
