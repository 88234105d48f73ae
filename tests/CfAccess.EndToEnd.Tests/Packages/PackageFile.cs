using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace CfAccess.EndToEnd.Tests.Packages;

/// <summary>A package, opened.</summary>
internal sealed class PackageFile(string path) : IDisposable
{
    private readonly ZipArchive _archive = ZipFile.OpenRead(path);

    /// <summary>What ships, but for the three files that make an archive a package.</summary>
    public IEnumerable<string> Files => _archive.Entries
        .Select(entry => entry.FullName)
        .Where(name => name is not ("[Content_Types].xml" or "_rels/.rels") && !name.StartsWith("package/services/metadata/", StringComparison.Ordinal));

    /// <summary>The members of the nuspec's metadata, by their names.</summary>
    public ILookup<string, XElement> Metadata =>
        Xml(Files.Single(name => name.EndsWith(".nuspec", StringComparison.Ordinal))).Root!.Elements().Single().Elements()
            .ToLookup(element => element.Name.LocalName);

    public string Text(string name) => Encoding.UTF8.GetString(Bytes(name).Span);

    public XDocument Xml(string name)
    {
        using var stream = Stream(name);
        return XDocument.Load(stream);
    }

    public ReadOnlyMemory<byte> Bytes(string name)
    {
        using var stream = Stream(name);
        return stream.ToArray();
    }

    public MemoryStream Stream(string name)
    {
        var copy = new MemoryStream();
        using var stream = (_archive.GetEntry(name) ?? throw new InvalidOperationException($"{path} has no {name}.")).Open();
        stream.CopyTo(copy);
        copy.Position = 0;
        return copy;
    }

    public void Dispose() => _archive.Dispose();
}
