using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace CfAccess.BlazorSite;

/// <summary>What happened on the server, in order, for tests.</summary>
public sealed class Journal
{
    private readonly ConcurrentQueue<string> _entries = new();

    public IReadOnlyList<string> Entries => [.. _entries];

    public event Action? Written;

    public void Write(string entry)
    {
        _entries.Enqueue(entry);
        Written?.Invoke();
    }
}

/// <summary>Writes when circuits open and close, and when their connections come and go.</summary>
internal sealed class CircuitJournal(Journal journal) : CircuitHandler
{
    public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken) => Write("circuit opened");

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken) => Write("circuit closed");

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken) => Write("connection up");

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken) => Write("connection down");

    private Task Write(string entry)
    {
        journal.Write(entry);
        return Task.CompletedTask;
    }
}
