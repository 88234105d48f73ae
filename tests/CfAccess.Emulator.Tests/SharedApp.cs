namespace CfAccess.Emulator.Tests;

/// <summary>One app for the tests of a class that neither move its clock nor change its keys: making keys takes long.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    internal EmulatedApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await EmulatedApp.StartAsync();

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
