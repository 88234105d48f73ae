namespace CfAccess.Emulator.ApiShield.Tests;

/// <summary>One app for the tests of a class, since the keys of an emulator are slow to make. Each test begins with an empty zone.</summary>
public sealed class SharedShieldApp : IAsyncLifetime
{
    private ShieldApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await ShieldApp.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal ShieldApp Begin()
    {
        _app.Empty();
        return _app;
    }
}
