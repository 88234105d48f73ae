using System.Net;
using CfAccess.Emulator;
using CfAccess.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Logging;

namespace CfAccess.EndToEnd.Tests.Browser;

/// <summary>The sample behind an emulator on a real port, with a clock that the test moves.</summary>
internal sealed class EmulatedSample : IAsyncDisposable
{
    private readonly WebApplicationFactory<Program> _factory;

    private EmulatedSample(WebApplicationFactory<Program> factory, AccessEmulator emulator, TestClock clock) =>
        (_factory, Emulator, Clock) = (factory, emulator, clock);

    public AccessEmulator Emulator { get; }

    public TestClock Clock { get; }

    public Uri Address => _factory.ClientOptions.BaseAddress;

    public static EmulatedSample Start(bool hasApiShield = false)
    {
        var clock = new TestClock();
        var emulator = new AccessEmulator(
            new AccessEmulatorOptions { Output = TextWriter.Null }.AddApiShield(shield => shield.Enabled = hasApiShield), clock);
        var factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host => host
            .ConfigureLogging(logging => logging.ClearProviders())
            .UseCloudflareAccessEmulator(emulator));
        factory.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        factory.StartServer();
        return new(factory, emulator, clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        Emulator.Dispose();
    }
}
