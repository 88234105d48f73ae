namespace CfAccess.ApiShield;

/// <summary>The documents of a rule set cannot be used. Nothing of them is in force.</summary>
public sealed class ApiShieldDocumentException : Exception
{
    internal ApiShieldDocumentException(IReadOnlyList<ApiShieldProblem> problems)
        : base(Describe(problems)) => Problems = problems;

    /// <summary>Everything that is wrong, warnings included, in the order of the documents.</summary>
    public IReadOnlyList<ApiShieldProblem> Problems { get; }

    private static string Describe(IEnumerable<ApiShieldProblem> problems) =>
        "The API Shield documents are wrong, and none of them is in force:" + Environment.NewLine
        + string.Join(Environment.NewLine, problems.Where(problem => problem.Severity == ApiShieldSeverity.Error).Select(problem => "  - " + problem));
}
