using System.Reflection.Metadata;
using System.Text;

namespace CfAccess.EndToEnd.Tests.Packages;

/// <summary>
/// Where a debugger finds the sources of an assembly. Source: the Portable PDB format, "Custom Debug Information".
/// </summary>
internal static class Sources
{
    private static readonly Guid EmbeddedSource = new("0E8A571B-6926-466E-B4AD-8AB04611F5FE");
    private static readonly Guid SourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    /// <summary>Sources that are neither files of the repository nor embedded; such as what a generator made.</summary>
    public static List<string> Missing(MetadataReader symbols)
    {
        var embedded = symbols.CustomDebugInformation.Select(symbols.GetCustomDebugInformation)
            .Where(information => symbols.GetGuid(information.Kind) == EmbeddedSource)
            .Select(information => information.Parent)
            .ToHashSet();
        return [.. symbols.Documents
            .Where(document => !embedded.Contains(document))
            .Select(document => symbols.GetString(symbols.GetDocument(document).Name))
            .Where(path => path.Contains("/obj/", StringComparison.Ordinal) || !path.Contains("/src/", StringComparison.Ordinal))];
    }

    /// <summary>The text that says where sources are, where there is one.</summary>
    public static string? Link(MetadataReader symbols) => symbols.CustomDebugInformation.Select(symbols.GetCustomDebugInformation)
        .Where(information => symbols.GetGuid(information.Kind) == SourceLink)
        .Select(information => Encoding.UTF8.GetString(symbols.GetBlobBytes(information.Value)))
        .FirstOrDefault();
}
