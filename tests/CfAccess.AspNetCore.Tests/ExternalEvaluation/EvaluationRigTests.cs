using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

/// <summary>Starts an application that allows everybody for each test, so that no test reads a reason that another one logged.</summary>
public abstract class EvaluationRigTests : IAsyncLifetime
{
    internal KeyDirectory Directory { get; } = new();

    internal EvaluationRig Rig { get; private set; } = null!;

    internal Signal Asked { get; } = new();

    public async ValueTask InitializeAsync() => Rig = await EvaluationRig.StartAsync(Directory, (_, _) =>
    {
        Asked.Raise();
        return Task.FromResult(true);
    });

    public async ValueTask DisposeAsync()
    {
        await Rig.DisposeAsync();
        Directory.Dispose();
        GC.SuppressFinalize(this);
    }
}
