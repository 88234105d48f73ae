namespace CfAccess.Cli.Output;

/// <summary>What <c>--json</c> gives where there is no report.</summary>
internal sealed record FailureReport(string Error, int ExitCode);
