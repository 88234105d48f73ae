using CfAccess.Testing;

namespace CfAccess.Emulator.Tests;

/// <summary>One emulator for the tests of a class that neither move its clock nor change its keys: making keys takes long.</summary>
public sealed class SharedEmulator : IDisposable
{
    public SharedEmulator() => Emulator = new(new(), Clock);

    public ManualTimeProvider Clock { get; } = new();

    public AccessEmulator Emulator { get; }

    public void Dispose() => Emulator.Dispose();
}
