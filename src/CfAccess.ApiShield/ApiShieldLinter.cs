using CfAccess.ApiShield.Documents;
using CfAccess.ApiShield.Linting;

namespace CfAccess.ApiShield;

/// <summary>Tells what in the documents is wrong, and what is likely not what was meant.</summary>
public static class ApiShieldLinter
{
    /// <summary>Reads the documents that options name, and checks them. Relative paths are below the working folder.</summary>
    /// <param name="options">The documents, and how they are read.</param>
    /// <returns>
    /// All errors; and if there are none, all warnings: what was dropped from the documents, and what the rules do that nobody can have
    /// meant. Empty if all is well.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    public static IReadOnlyList<ApiShieldProblem> Lint(ApiShieldOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (set, problems) = RuleSetReader.Read(options, Directory.GetCurrentDirectory(), TimeProvider.System);
        return set is null ? problems : [.. problems, .. Lint(set)];
    }

    /// <summary>Checks a rule set.</summary>
    /// <param name="set">The rule set.</param>
    /// <returns>What its rules do that nobody can have meant; empty if all is well.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="set"/> is null.</exception>
    public static IReadOnlyList<ApiShieldProblem> Lint(ApiShieldRuleSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return
        [
            .. SourceFindings.Of(set),
            .. ExpressionFindings.Of(set),
            .. SelectorFindings.Of(set),
        ];
    }
}
