namespace CfAccess.ApiShield.Documents;

/// <summary>Collects what is wrong with one document.</summary>
internal sealed class ProblemList(ApiShieldDocumentKind document)
{
    private readonly List<ApiShieldProblem> _all = [];

    public IReadOnlyList<ApiShieldProblem> All => _all;

    public bool HasErrors => _all.Any(problem => problem.Severity == ApiShieldSeverity.Error);

    public void Error(string pointer, string message, int? code = null) =>
        _all.Add(new(document, pointer, ApiShieldSeverity.Error, message) { Code = code });

    public void Warn(string pointer, string message, int? code = null) =>
        _all.Add(new(document, pointer, ApiShieldSeverity.Warning, message) { Code = code });
}
