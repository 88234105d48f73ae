using CfAccess.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Documentation.Tests;

/// <summary>The code of the page about the token validator works, in a worker without a web server.</summary>
public sealed class OrderReaderTests
{
    [Fact]
    public async Task An_order_is_read_refused_or_put_back()
    {
        using var emulator = new AccessEmulator();
        using var worker = Start(emulator);
        var reader = worker.Services.GetRequiredService<OrderReader>();
        var cancellation = TestContext.Current.CancellationToken;

        emulator.KeysEndpointFails = true;
        (await reader.ReadAsync(emulator.MintPersonToken("alice@example.com"), cancellation)).ShouldStartWith("Put it back for ");
        emulator.KeysEndpointFails = false;
        (await reader.ReadAsync("abc", cancellation)).ShouldBe("Refused: malformed.");
        (await reader.ReadAsync(emulator.MintWrongToken(AccessEmulatorWrongToken.Expired), cancellation)).ShouldBe("Refused: expired.");
    }

    [Fact]
    public async Task An_order_of_alice_is_hers()
    {
        using var emulator = new AccessEmulator();
        using var worker = Start(emulator);
        var order = await worker.Services.GetRequiredService<OrderReader>()
            .ReadAsync(emulator.MintPersonToken("alice@example.com"), TestContext.Current.CancellationToken);

        order.ShouldStartWith("An order of alice@example.com, good until 20");
    }

    private static IHost Start(AccessEmulator emulator)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        builder.AddCloudflareAccessEmulator(emulator);
        builder.Services.AddCloudflareAccessKeys();
        builder.Services.AddSingleton<OrderReader>();
        return builder.Build();
    }
}
