namespace CfAccess.Emulator.Tests;

/// <summary>Starts an app behind the emulator for each test, so that no test leaves logins, keys, or a moved clock for another.</summary>
public abstract class EmulatedAppTests : IAsyncLifetime
{
    internal EmulatedApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await EmulatedApp.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
