using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace CfAccess.ApiShield.Documents;

/// <summary>The next change of a file; owns what watches it.</summary>
internal sealed class WatchedFile(PhysicalFileProvider files, string name) : IChangeToken, IDisposable
{
    private readonly IChangeToken _token = files.Watch(name);

    public bool HasChanged => _token.HasChanged;

    public bool ActiveChangeCallbacks => _token.ActiveChangeCallbacks;

    public IDisposable RegisterChangeCallback(Action<object?> callback, object? state) => _token.RegisterChangeCallback(callback, state);

    public void Dispose() => files.Dispose();
}
