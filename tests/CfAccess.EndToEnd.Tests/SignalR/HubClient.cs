namespace CfAccess.EndToEnd.Tests.SignalR;

/// <summary>The real client, <c>@microsoft/signalr</c> under node: it connects with each token that it is given, and tells what happens.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private readonly NodeProgram _program;

    private HubClient(NodeProgram program) => _program = program;

    /// <summary>Starts the program, and waits until it runs.</summary>
    public static async Task<HubClient> StartAsync(Uri hub, string transport, bool skipNegotiation = false, string? origin = null) =>
        new(await NodeProgram.StartAsync(
            "@microsoft/signalr", "signalr.mjs", [hub.AbsoluteUri, transport, skipNegotiation ? "true" : "false", origin ?? string.Empty]));

    /// <summary>Connects with a token, or without one.</summary>
    /// <returns>What came of it.</returns>
    public Task<string> ConnectAsync(string? token) => _program.SendAsync(token ?? "-");

    public Task<string> NextAsync() => _program.NextAsync();

    public ValueTask DisposeAsync() => _program.DisposeAsync();
}
