using System.Diagnostics;
using System.Threading.Channels;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests;

/// <summary>A script under node that reads lines and writes lines.</summary>
internal sealed class NodeProgram : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private NodeProgram(Process process) => _process = process;

    /// <summary>Starts a script, and waits until it writes <c>ready</c>.</summary>
    /// <param name="package">The npm package that the script needs.</param>
    /// <param name="script">The file name of the script.</param>
    /// <param name="arguments">The arguments of the script.</param>
    /// <param name="variables">Additional environment variables; null for none.</param>
    public static async Task<NodeProgram> StartAsync(
        string package, string script, IEnumerable<string> arguments, IEnumerable<(string Name, string Value)>? variables = null)
    {
        Prerequisites.NodeFile(package + "/package.json");
        var file = RepositoryFile.Find("tests/CfAccess.EndToEnd.Tests/npm/" + script);
        var process = new Process
        {
            StartInfo = new("node", [file, .. arguments])
            {
                WorkingDirectory = Path.GetDirectoryName(file)!,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        foreach (var (name, value) in variables ?? [])
        {
            process.StartInfo.Environment[name] = value;
        }

        var program = new NodeProgram(process);
        process.OutputDataReceived += program.Read;
        process.ErrorDataReceived += program.Read;
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Prerequisites.Require(isThere: false, "node is not on the PATH of this machine.");
        }

        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        (await program.NextAsync()).ShouldBe("ready");
        return program;
    }

    /// <summary>Sends a line to the script.</summary>
    /// <returns>The next line that the script writes.</returns>
    public async Task<string> SendAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await NextAsync();
    }

    public Task<string> NextAsync() => _lines.Reader.ReadAsync().AsTask().WithDeadlineAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void Read(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { Length: > 0 } text)
        {
            _lines.Writer.TryWrite(text.Trim());
        }
    }
}
