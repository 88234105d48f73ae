using CfAccess.Testing;

namespace CfAccess.Cli.Tests.Packaging;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_changes_only_on_purpose()
    {
        var (pinned, actual) = PublicSurface.Compare(typeof(CliApp).Assembly, "tests/CfAccess.Cli.Tests/PublicApi.txt");
        actual.ShouldBe(pinned, "Run the tests once with UPDATE_PUBLIC_API=1 if the change is meant.");
    }
}
