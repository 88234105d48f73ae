using System.Text.Json.Nodes;
using CfAccess.Emulator;

namespace CfAccess.EndToEnd.Tests.Foreign;

/// <summary>Cloudflare's own SDK under node, with an emulator as its API.</summary>
internal sealed class CloudflareSdk : IAsyncDisposable
{
    public const string Zone = "023e105f4ecef8ad9ca31a8372d0c353";

    private readonly AccessEmulatorHost _host;
    private readonly NodeProgram _program;

    private CloudflareSdk(AccessEmulatorHost host, NodeProgram program) => (_host, _program) = (host, program);

    /// <param name="package">The name under which a version of the package <c>cloudflare</c> is installed.</param>
    public static async Task<CloudflareSdk> StartAsync(string package)
    {
        var host = await AccessEmulatorHost.StartAsync(
            options => options.AddApiShield(), address: "http://127.0.0.1:0", cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            return new(host, await NodeProgram.StartAsync(package, "cloudflare.mjs", [package],
            [
                ("CLOUDFLARE_BASE_URL", new Uri(host.Address, "/client/v4").AbsoluteUri),
                ("CLOUDFLARE_API_TOKEN", host.Emulator.MintSecret),
                ("NODE_NO_WARNINGS", "1"),
            ]));
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a method, such as <c>tokenValidation.rules.list</c>.</summary>
    /// <returns>What the method returned; for a list, the items of all pages.</returns>
    public async Task<JsonNode> CallAsync(string method, params JsonNode?[] arguments)
    {
        var reply = await SendAsync(method, arguments);
        reply["status"].ShouldBeNull($"{method}: {reply.ToJsonString()}");
        return reply["result"]!;
    }

    /// <summary>Calls a method that has to fail.</summary>
    /// <returns>The status and the message of the error.</returns>
    public async Task<(int Status, string Message)> FailAsync(string method, params JsonNode?[] arguments)
    {
        var reply = await SendAsync(method, arguments);
        reply["status"].ShouldNotBeNull($"{method}: {reply.ToJsonString()}");
        return (reply["status"]!.GetValue<int>(), reply["message"]!.GetValue<string>());
    }

    public async ValueTask DisposeAsync()
    {
        await _program.DisposeAsync();
        await _host.DisposeAsync();
    }

    private async Task<JsonObject> SendAsync(string method, JsonNode?[] arguments)
    {
        var call = new JsonObject { ["method"] = method, ["arguments"] = new JsonArray([.. arguments.Select(one => one?.DeepClone())]) };
        return JsonNode.Parse(await _program.SendAsync(call.ToJsonString()))!.AsObject();
    }
}
