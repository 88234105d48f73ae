using System.Diagnostics;
using CfAccess.Testing;

namespace CfAccess.Cli.Tests;

/// <summary>The built tool as a process of its own, as a shell runs it.</summary>
internal static class CliProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The configuration and the framework that the tests were built for: …/tests/CfAccess.Cli.Tests/bin/&lt;configuration&gt;/&lt;framework&gt;/.</summary>
    public static (string Configuration, string Framework) Built
    {
        get
        {
            var folders = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
            return (folders[^2], folders[^1]);
        }
    }

    public static string Tool => Path.Combine(
        RepositoryFile.Find("src/CfAccess.Cli/bin"), Built.Configuration, Built.Framework, "CfAccess.Cli.dll");

    public static Task<CliRun> RunAsync(string[] args, string input = "", params (string Name, string? Value)[] variables) =>
        RunAsync("dotnet", [Tool, .. args], input, variables);

    public static async Task<CliRun> RunAsync(string program, string[] args, string input = "", params (string Name, string? Value)[] variables)
    {
        using var process = Start(program, args, variables);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new(process.ExitCode, await output, await error);
    }

    public static Process StartTool(string[] args, params (string Name, string? Value)[] variables) => Start("dotnet", [Tool, .. args], variables);

    private static Process Start(string program, string[] args, (string Name, string? Value)[] variables)
    {
        var start = new ProcessStartInfo(program, args)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove("CFACCESS_TOKEN");
        start.Environment.Remove("CFACCESS_EMULATOR_SECRET");
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
