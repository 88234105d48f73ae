using System.Diagnostics;
using System.Reflection;
using CfAccess.Testing;

namespace CfAccess.Cli.Tests;

/// <summary>The built tool as a process of its own, as a shell runs it.</summary>
internal static class CliProcess
{
    /// <summary>The configuration that the tests were built in, such as <c>Debug</c>.</summary>
    public static string Configuration { get; } =
        typeof(CliProcess).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The tool, which the build copies beside the tests.</summary>
    public static string Tool { get; } = Path.Combine(AppContext.BaseDirectory, "CfAccess.Cli.dll");

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
            await process.WaitForExitAsync().WithDeadlineAsync();
        }
        catch (TimeoutException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new(process.ExitCode, await output, await error);
    }

    /// <summary>Starts the tool so that SIGINT ends it. A test run in the background of a script ignores SIGINT, and its children would too.</summary>
    public static Process StartTool(string[] args, params (string Name, string? Value)[] variables) => OperatingSystem.IsLinux()
        ? Start("env", ["--default-signal=INT", "dotnet", Tool, .. args], variables)
        : Start("dotnet", [Tool, .. args], variables);

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
