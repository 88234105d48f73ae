namespace CfAccess.AspNetCore.Tests.ExternalEvaluation;

/// <summary>A directory of a test's own for keys.</summary>
public sealed class KeyDirectory : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("cfaccess-");

    /// <summary>Below the one that exists, so that it has to be made.</summary>
    public string Path => System.IO.Path.Combine(_root.FullName, "keys");

    public string File => System.IO.Path.Combine(Path, "external-evaluation.keys");

    public void Dispose() => _root.Delete(recursive: true);
}
