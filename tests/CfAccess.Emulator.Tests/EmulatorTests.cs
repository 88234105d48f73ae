using CfAccess.Testing;

namespace CfAccess.Emulator.Tests;

/// <summary>Creates an emulator without a web host for each test, so that no test leaves logins, keys, or a moved clock for another.</summary>
public abstract class EmulatorTests : IDisposable
{
    protected EmulatorTests() => Emulator = new(new() { CreateKeyPair = SharedKeyPairs.CreateSource() }, Clock);

    protected TestClock Clock { get; } = new();

    protected AccessEmulator Emulator { get; }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => Emulator.Dispose();
}
