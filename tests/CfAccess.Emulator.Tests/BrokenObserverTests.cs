using CfAccess.Testing;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Emulator.Tests;

/// <summary>A log sink that throws changes nothing of the emulator.</summary>
public sealed class BrokenObserverTests : IDisposable
{
    private readonly BrokenObservers _observers = new();

    [Theory]
    [InlineData(BrokenObserver.Log)]
    [InlineData(BrokenObserver.LogLevel)]
    public async Task The_start_is_the_same(BrokenObserver observer)
    {
        _observers.Broken = observer;

        // Outside Development the emulator says that it is off.
        await using var app = await TestApp.StartAsync(builder =>
        {
            _observers.AddTo(builder.Services);
            builder.AddCloudflareAccessEmulator();
        });

        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    public void Dispose() => _observers.Dispose();
}
