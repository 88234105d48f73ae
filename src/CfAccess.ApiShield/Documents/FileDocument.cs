using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace CfAccess.ApiShield.Documents;

/// <summary>A document in a file.</summary>
internal sealed class FileDocument(string path) : ApiShieldDocumentSource
{
    internal override string Name => path;

    internal override ReadOnlyMemory<byte>? Read(string root) => File.ReadAllBytes(Path.GetFullPath(path, root));

    internal override IChangeToken? Watch(string root)
    {
        var file = new FileInfo(Path.GetFullPath(path, root));
        return file.Directory is { Exists: true } folder ? new WatchedFile(new PhysicalFileProvider(folder.FullName), file.Name) : null;
    }
}
