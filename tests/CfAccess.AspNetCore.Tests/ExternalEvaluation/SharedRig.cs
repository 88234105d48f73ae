using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

/// <summary>One application for the tests of a class that neither move its clock nor change its keys: making keys takes long.</summary>
public sealed class SharedRig : IAsyncLifetime
{
    private readonly KeyDirectory _directory = new();

    internal EvaluationRig Rig { get; private set; } = null!;

    internal Signal Asked { get; } = new();

    public async ValueTask InitializeAsync() => Rig = await EvaluationRig.StartAsync(_directory, (_, _) =>
    {
        Asked.Raise();
        return Task.FromResult(true);
    });

    public async ValueTask DisposeAsync()
    {
        await Rig.DisposeAsync();
        _directory.Dispose();
    }
}
