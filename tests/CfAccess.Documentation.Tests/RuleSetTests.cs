using CfAccess.ApiShield;

namespace CfAccess.Documentation.Tests;

public class RuleSetTests
{
    private static readonly ApiShieldRuleSet Set = ApiShieldRuleSet.Load(new ApiShieldOptions
    {
        Configurations = ApiShieldDocumentSource.FromFile("api-shield/token-configurations.json"),
        Rules = ApiShieldDocumentSource.FromFile("api-shield/token-rules.json"),
        Operations = ApiShieldDocumentSource.FromFile("api-shield/operations.json"),
    });

    [Fact]
    public void The_linter_finds_nothing() => Assert.Empty(ApiShieldLinter.Lint(Set));

    [Fact]
    public void Only_the_login_is_under_no_rule() => Assert.Equal(
        ["/login"],
        Set.Operations.Where(operation => Set.GetRule(operation.OperationId) is null).Select(operation => operation.Endpoint));
}
