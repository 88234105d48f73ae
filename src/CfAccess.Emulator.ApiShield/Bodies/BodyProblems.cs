using CfAccess.ApiShield;

namespace CfAccess.Emulator.ApiShield.Bodies;

/// <summary>Collects what is wrong with the body of a request. The document of these problems is never shown, and has no meaning.</summary>
internal sealed class BodyProblems
{
    private readonly List<ApiShieldProblem> _all = [];

    public IReadOnlyList<ApiShieldProblem> All => _all;

    public bool HasErrors => _all.Any(problem => problem.Severity == ApiShieldSeverity.Error);

    public void Error(string pointer, string message) => _all.Add(new(default, pointer, ApiShieldSeverity.Error, message));

    public void Warn(string pointer, string message) => _all.Add(new(default, pointer, ApiShieldSeverity.Warning, message));

    public void AddRange(IEnumerable<ApiShieldProblem> problems) => _all.AddRange(problems);
}
