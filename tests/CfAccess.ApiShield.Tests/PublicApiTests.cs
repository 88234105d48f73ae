using CfAccess.Testing;

namespace CfAccess.ApiShield.Tests;

public sealed class PublicApiTests
{
    [Fact]
    public void The_public_surface_changes_only_on_purpose()
    {
        var (pinned, actual) = PublicSurface.Compare(typeof(ApiShieldRuleSet).Assembly, "tests/CfAccess.ApiShield.Tests/PublicApi.txt");
        actual.ShouldBe(pinned, "Run the tests once with UPDATE_PUBLIC_API=1 if the change is meant.");
    }
}
