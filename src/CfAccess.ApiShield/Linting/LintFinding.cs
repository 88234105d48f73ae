using CfAccess.ApiShield.Documents;

namespace CfAccess.ApiShield.Linting;

/// <summary>Makes the warnings of the linter.</summary>
internal static class LintFinding
{
    public static ApiShieldProblem OfRule(string pointer, string member, string message) =>
        new(ApiShieldDocumentKind.Rules, JsonPointer.Member(pointer, member), ApiShieldSeverity.Warning, message);
}
