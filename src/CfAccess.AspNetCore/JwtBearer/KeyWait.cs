using CfAccess.AspNetCore.Keys;

namespace CfAccess.AspNetCore.JwtBearer;

/// <summary>
/// What one token waits for. The handler of Microsoft.IdentityModel asks for a key in a synchronous call, and then, where there was none, for a
/// newer configuration in an asynchronous one: only there can it wait. This carries the question from the one to the other.
/// </summary>
internal sealed class KeyWait
{
    private static readonly AsyncLocal<KeyWait?> Ambient = new();

    private string? _kid;
    private Task<KeyResolution>? _pending;
    private KeyResolution? _decided;

    /// <summary>The wait of the token that is being validated; nothing where somebody else's configuration manager is used.</summary>
    public static KeyWait? Current => Ambient.Value;

    public bool IsPending => _pending is not null;

    /// <summary>Begins the validation of a token. It has to be called from within that, and not in a method that is asynchronous itself.</summary>
    public static void Begin() => Ambient.Value = new KeyWait();

    public void For(string kid, Task<KeyResolution> resolution) => (_kid, _pending, _decided) = (kid, resolution, null);

    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        _decided = await _pending!.WaitAsync(cancellationToken).ConfigureAwait(false);
        _pending = null;
    }

    /// <summary>What was waited for, once: a token waits no second time.</summary>
    public KeyResolution? Take(string kid) => _kid == kid && _decided is { } decided ? decided : null;
}
