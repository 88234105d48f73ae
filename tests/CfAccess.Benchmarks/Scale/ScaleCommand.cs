namespace CfAccess.Benchmarks.Scale;

/// <summary>The verb <c>scale</c>.</summary>
internal static class ScaleCommand
{
    public static int Run() => 0;
}
