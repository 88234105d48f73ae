using System.Security.Cryptography;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

/// <summary>A directory of a test's own for keys.</summary>
public sealed class KeyDirectory : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("cfaccess-");

    /// <summary>The key pairs of the keys in this directory: all applications that share it take different ones.</summary>
    public Func<RSA> CreateKeyPair { get; } = SharedKeyPairs.CreateSource();

    /// <summary>Below the one that exists, so that it has to be made.</summary>
    public string Path => System.IO.Path.Combine(_root.FullName, "keys");

    public string File => System.IO.Path.Combine(Path, "external-evaluation.keys");

    public void Dispose() => _root.Delete(recursive: true);
}
