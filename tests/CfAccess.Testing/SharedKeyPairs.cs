using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace CfAccess.Testing;

/// <summary>RSA key pairs that tests share if they do not look at them: generating a pair takes about 0.1 seconds of processor time.</summary>
public static class SharedKeyPairs
{
    private static readonly ConcurrentDictionary<int, Lazy<RSAParameters>> Pairs = new();

    /// <returns>A source for one emulator or key store. Each call of it returns a different pair; every source returns the same pairs in the same order.</returns>
    public static Func<RSA> CreateSource()
    {
        var next = -1;
        return () => RSA.Create(Pairs.GetOrAdd(Interlocked.Increment(ref next), _ => new(Generate)).Value);
    }

    private static RSAParameters Generate()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportParameters(includePrivateParameters: true);
    }
}
