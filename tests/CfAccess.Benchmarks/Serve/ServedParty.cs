using System.Diagnostics;
using CfAccess.Benchmarks.Parties;

namespace CfAccess.Benchmarks.Serve;

/// <summary>One party on Kestrel, in a process of its own.</summary>
internal sealed class ServedParty : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private ServedParty(Process process, Uri url, Party party) => (_process, Url, Party) = (process, url, party);

    public Uri Url { get; }

    public Party Party { get; }

    /// <summary>The CPU time that the process has taken so far, of all its threads, as the operating system counts it.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the process, and waits until it listens.</summary>
    public static async Task<ServedParty> StartAsync(ServeOrder order)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, Arguments(order))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience, TimeProvider.System)
            ?? throw new InvalidOperationException($"{order.Party} ended before it listened.");
        return new ServedParty(process, new Uri(new Uri(address), "/me"), order.Party);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Patience))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>The same program again: its own launcher, or <c>dotnet</c> with its assembly.</summary>
    private static string[] Arguments(ServeOrder order) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [typeof(ServedParty).Assembly.Location, .. order.ToArguments()]
            : order.ToArguments();
}
