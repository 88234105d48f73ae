using System.Security.Cryptography;

namespace CfAccess.Emulator.Keys;

/// <summary>The team's keys, the previous and the current one, and which of them are published.</summary>
internal sealed class KeyRing : IDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _withdrawn = new(StringComparer.Ordinal);
    private readonly List<EmulatorKey> _made = [];
    private readonly string _commonName;
    private readonly TimeProvider _clock;
    private readonly Func<RSA> _createKeyPair;
    private EmulatorKey _previous;
    private EmulatorKey _current;
    private EmulatorKey? _stranger;

    public KeyRing(string commonName, TimeProvider clock, Func<RSA> createKeyPair)
    {
        (_commonName, _clock, _createKeyPair) = (commonName, clock, createKeyPair);
        (_previous, _current) = (Make(), Make());
    }

    public EmulatorKey Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    public EmulatorKey Previous
    {
        get
        {
            lock (_gate)
            {
                return _previous;
            }
        }
    }

    /// <summary>A key that is not the team's: never published, and made when first asked for.</summary>
    public EmulatorKey Stranger
    {
        get
        {
            lock (_gate)
            {
                return _stranger ??= Make();
            }
        }
    }

    /// <summary>The published keys; the current one stands last, as in Cloudflare's own example.</summary>
    public IReadOnlyList<EmulatorKey> Published => [.. Known.Where(one => one.IsPublished).Select(one => one.Key)];

    /// <summary>The previous and the current key, each with whether it is published.</summary>
    public IReadOnlyList<(EmulatorKey Key, bool IsPublished)> Known
    {
        get
        {
            lock (_gate)
            {
                return [.. new[] { _previous, _current }.Select(key => (key, !_withdrawn.Contains(key.KeyId)))];
            }
        }
    }

    /// <summary>Whether the key is the previous or the current one, published or withdrawn.</summary>
    public bool IsKnown(string keyId)
    {
        lock (_gate)
        {
            return _previous.KeyId == keyId || _current.KeyId == keyId;
        }
    }

    /// <returns>The new key.</returns>
    public EmulatorKey Rotate()
    {
        lock (_gate)
        {
            return RotateLocked();
        }
    }

    /// <summary>Stops publishing a key. Access never signs with a key that it does not publish, so the current key is replaced first.</summary>
    /// <returns>Whether the key was published.</returns>
    public bool Withdraw(string keyId)
    {
        lock (_gate)
        {
            if (_current.KeyId == keyId)
            {
                RotateLocked();
            }

            return _previous.KeyId == keyId && _withdrawn.Add(keyId);
        }
    }

    public void Dispose() => _made.ForEach(key => key.Dispose());

    private EmulatorKey RotateLocked()
    {
        (_previous, _current) = (_current, Make());
        return _current;
    }

    private EmulatorKey Make()
    {
        var key = new EmulatorKey(_createKeyPair(), _commonName, _clock.GetUtcNow());
        _made.Add(key);
        return key;
    }
}
