using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Samples;

/// <summary>A sample as a process of its own, as a user runs it, on a free port of the loopback interface.</summary>
internal sealed partial class SampleProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _folder;
    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Signal _lines = new();

    private SampleProcess(Process process, DirectoryInfo folder) => (_process, _folder) = (process, folder);

    public Uri Address => _address.Task.Result;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>What the sample has written to its working folder, which is its home folder too.</summary>
    public IEnumerable<string> Files => _folder.EnumerateFiles("*", SearchOption.AllDirectories).Select(file => file.FullName);

    /// <summary>Runs the built sample until it listens.</summary>
    public static Task<SampleProcess> StartAsync(string sample, string environment, params (string Name, string Value)[] settings) =>
        StartProgramAsync(Built(sample), environment, settings);

    /// <summary>Runs a program until it listens.</summary>
    /// <param name="program">The path of its assembly.</param>
    /// <param name="environment">Development or another.</param>
    /// <param name="settings">Environment variables.</param>
    public static async Task<SampleProcess> StartProgramAsync(string program, string environment, params (string Name, string Value)[] settings)
    {
        var running = Run(program, environment, settings);
        var listening = running._address.Task.WithDeadlineAsync();
        if (await Task.WhenAny(listening, running._process.WaitForExitAsync()) != listening)
        {
            throw new InvalidOperationException($"The program ended before it listened:\n{running.Output}");
        }

        return running;
    }

    /// <summary>Runs the built sample where it is expected not to start.</summary>
    public static Task<(int ExitCode, string Output)> RunToEndAsync(
        string sample, string environment, params (string Name, string Value)[] settings) =>
        RunProgramToEndAsync(Built(sample), environment, settings);

    /// <summary>Runs a program where it is expected not to start.</summary>
    public static async Task<(int ExitCode, string Output)> RunProgramToEndAsync(
        string program, string environment, params (string Name, string Value)[] settings)
    {
        await using var running = Run(program, environment, settings);
        await running._process.WaitForExitAsync().WithDeadlineAsync();
        return (running._process.ExitCode, running.Output);
    }

    /// <summary>Waits until the sample has printed the text.</summary>
    public async Task PrintedAsync(string text)
    {
        while (true)
        {
            var seen = _lines.Count;
            if (Output.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            await _lines.ReachedAsync(seen + 1);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    [GeneratedRegex("Now listening on: (http://[^ \\r\\n]+)")]
    private static partial Regex Listening { get; }

    private static string Built(string sample)
    {
        // …/tests/CfAccess.EndToEnd.Tests/bin/<configuration>/<framework>/
        var folders = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar).Split(Path.DirectorySeparatorChar);
        return Path.Combine(RepositoryFile.Find($"samples/{sample}"), "bin", folders[^2], folders[^1], sample + ".dll");
    }

    private static SampleProcess Run(string program, string environment, (string Name, string Value)[] settings)
    {
        // An empty folder: nothing may hang on where it is started.
        var folder = Directory.CreateTempSubdirectory("CfAccess");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(IsSetting).ToList())
        {
            start.Environment.Remove(inherited);
        }

        // The framework's data protection would write its keys there.
        start.Environment["HOME"] = start.Environment["USERPROFILE"] = start.Environment["LOCALAPPDATA"] = folder.FullName;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        var running = new SampleProcess(process, folder);
        process.OutputDataReceived += running.Read;
        process.ErrorDataReceived += running.Read;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return running;
    }

    private static bool IsSetting(string name) =>
        name.StartsWith("ASPNETCORE_", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("DOTNET_ENVIRONMENT", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("Authentication__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("ApiShield__", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("CloudflareAccess__", StringComparison.OrdinalIgnoreCase);

    private void Read(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line.Data);
        }

        _lines.Raise();
        if (Listening.Match(line.Data) is { Success: true } match)
        {
            _address.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }
}
