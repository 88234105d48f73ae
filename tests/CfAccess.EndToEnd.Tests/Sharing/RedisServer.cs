using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Sharing;

/// <summary>How a server fails.</summary>
public enum Outage
{
    /// <summary>The process ends, and its connections break.</summary>
    Killed,

    /// <summary>The process stops. The system still accepts connections for the server, and nothing responds.</summary>
    Frozen,
}

/// <summary>A <c>redis-server</c> process of its own on a free port of the loopback interface, in memory only. It can fail and recover, always on the same port.</summary>
internal sealed class RedisServer : IAsyncDisposable
{
    private const int Attempts = 20;

    private Process _process;
    private Outage? _outage;

    private RedisServer(int port, Process process) => (Port, _process) = (port, process);

    public int Port { get; }

    public static async Task<RedisServer> StartAsync()
    {
        var output = string.Empty;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            // Below the ports that the system gives to outgoing connections, so that none of them takes the port while the server is down.
            var port = Random.Shared.Next(10_000, 32_000);
            (var process, output) = await RunAsync(port);
            if (process is not null)
            {
                return new RedisServer(port, process);
            }
        }

        throw new InvalidOperationException($"redis-server does not start:\n{output}");
    }

    public async Task FailAsync(Outage outage)
    {
        _outage = outage;
        if (outage == Outage.Frozen)
        {
            await SignalAsync("STOP");
        }
        else
        {
            await EndAsync();
        }
    }

    public async Task RecoverAsync()
    {
        if (_outage == Outage.Frozen)
        {
            await SignalAsync("CONT");
        }
        else
        {
            var (process, output) = await RunAsync(Port);
            _process = process ?? throw new InvalidOperationException($"redis-server does not start again:\n{output}");
        }

        _outage = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_outage != Outage.Killed)
        {
            await EndAsync();
        }
    }

    /// <returns>The process once it accepts connections, or null if it ended, for example because the port is in use; and what it printed.</returns>
    private static async Task<(Process? Process, string Output)> RunAsync(int port)
    {
        string[] arguments = ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", string.Empty, "--appendonly", "no"];
        var process = new Process { StartInfo = new ProcessStartInfo("redis-server", arguments) { RedirectStandardOutput = true } };
        var output = new StringBuilder();
        var isReady = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) =>
        {
            lock (output)
            {
                output.AppendLine(line.Data);
            }

            if (line.Data is null)
            {
                isReady.TrySetResult(false);
            }
            else if (line.Data.Contains("Ready to accept connections", StringComparison.Ordinal))
            {
                isReady.TrySetResult(true);
            }
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            Prerequisites.Require(isThere: false, "redis-server is not on the PATH of this machine. On Debian: apt-get install redis-server.");
        }

        process.BeginOutputReadLine();
        if (await isReady.Task.WithDeadlineAsync())
        {
            return (process, string.Empty);
        }

        await process.WaitForExitAsync().WithDeadlineAsync();
        process.Dispose();
        lock (output)
        {
            return (null, output.ToString());
        }
    }

    private async Task EndAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WithDeadlineAsync();
        _process.Dispose();
    }

    private async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync().WithDeadlineAsync();
        kill.ExitCode.ShouldBe(0);
    }
}
