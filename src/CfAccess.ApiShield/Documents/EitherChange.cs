using Microsoft.Extensions.Primitives;

namespace CfAccess.ApiShield.Documents;

/// <summary>The first change of two; owns the first.</summary>
internal sealed class EitherChange(IChangeToken owned, IChangeToken other) : IChangeToken, IDisposable
{
    private readonly CompositeChangeToken _either = new([owned, other]);

    public bool HasChanged => _either.HasChanged;

    public bool ActiveChangeCallbacks => _either.ActiveChangeCallbacks;

    public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => _either.RegisterChangeCallback(callback, state);

    public void Dispose() => (owned as IDisposable)?.Dispose();
}
