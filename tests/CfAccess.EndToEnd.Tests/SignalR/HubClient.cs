using System.Diagnostics;
using System.Threading.Channels;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.SignalR;

/// <summary>The real client, <c>@microsoft/signalr</c> under node: it connects with each token that it is given, and tells what happens.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    /// <summary>How long a loaded machine may take; nothing waits so long where all is well.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    private HubClient(Process process) => _process = process;

    /// <summary>Starts the program, and waits until it runs.</summary>
    public static async Task<HubClient> StartAsync(Uri hub, string transport, bool skipNegotiation = false, string? origin = null)
    {
        Prerequisites.NodeFile("@microsoft/signalr/package.json");
        var script = RepositoryFile.Find("tests/CfAccess.EndToEnd.Tests/npm/signalr.mjs");
        var process = new Process
        {
            StartInfo = new("node", [script, hub.AbsoluteUri, transport, skipNegotiation ? "true" : "false", origin ?? string.Empty])
            {
                WorkingDirectory = Path.GetDirectoryName(script)!,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        var client = new HubClient(process);
        process.OutputDataReceived += client.Read;
        process.ErrorDataReceived += client.Read;
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
        (await client.NextAsync()).ShouldBe("ready");
        return client;
    }

    /// <summary>Connects with a token, or without one.</summary>
    /// <returns>What came of it.</returns>
    public async Task<string> ConnectAsync(string? token)
    {
        await _process.StandardInput.WriteLineAsync(token ?? "-");
        await _process.StandardInput.FlushAsync();
        return await NextAsync();
    }

    public Task<string> NextAsync() => _lines.Reader.ReadAsync().AsTask().WaitAsync(Patience, TimeProvider.System);

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
