namespace CfAccess.Testing.Properties;

/// <summary>How long property tests run. <c>.ci/run</c> sets the variable.</summary>
public static class PropertyRuns
{
    private const string Variable = "CFACCESS_LONG_PROPERTIES";

    /// <returns>The number of cases of a long run, or a tenth of it in a short run.</returns>
    public static int Scale(int longRun) => Environment.GetEnvironmentVariable(Variable) == "1" ? longRun : longRun / 10;
}
