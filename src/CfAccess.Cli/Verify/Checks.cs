namespace CfAccess.Cli.Verify;

/// <summary>
/// The library's steps in its order: reading the request, then <c>TokenScreen</c>, <c>PayloadReader</c>, the choice of the team, <c>ClaimRules</c>,
/// the key provider, the signature. Each asks the library's own code, so that there is no second opinion.
/// </summary>
internal static class Checks
{
    public static IReadOnlyList<Check> All { get; } = [.. ScreenChecks.All, .. ClaimChecks.All, .. KeyChecks.All];
}
