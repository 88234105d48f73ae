using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Docs;

/// <summary>The code that the documentation shows is the one that runs here.</summary>
public sealed class PageTests
{
    [Theory]
    [InlineData("testing.md", "AdminTests.cs")]
    [InlineData("testing.md", "WrongTokenTests.cs")]
    [InlineData("answers.md", "Answering.cs")]
    [InlineData("external-evaluation.md", "Evaluating.cs")]
    [InlineData("jwt-bearer.md", "AccessBearer.cs")]
    [InlineData("long-connections.md", "Connecting.cs")]
    [InlineData("operations.md", "Observing.cs")]
    [InlineData("operations.md", "Operating.cs")]
    [InlineData("outgoing.md", "Calling.cs")]
    [InlineData("policies.md", "Deciding.cs")]
    [InlineData("token-validator.md", "OrderReader.cs")]
    public void A_page_shows_code_that_runs(string page, string file)
    {
        var source = File.ReadAllText(RepositoryFile.Find($"tests/CfAccess.EndToEnd.Tests/Docs/{file}")).ReplaceLineEndings("\n");
        var code = source.Replace("namespace CfAccess.EndToEnd.Tests.Docs;\n\n", string.Empty, StringComparison.Ordinal);

        File.ReadAllText(RepositoryFile.Find($"docs/{page}")).ReplaceLineEndings("\n").ShouldContain($"```csharp\n{code}```", Case.Sensitive);
    }
}
