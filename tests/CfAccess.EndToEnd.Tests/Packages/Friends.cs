using System.Reflection.Metadata;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Packages;

/// <summary>The assemblies that may see the internals of an assembly.</summary>
internal static class Friends
{
    public static IEnumerable<string> Of(MetadataReader assembly) =>
        from handle in assembly.GetAssemblyDefinition().GetCustomAttributes()
        let attribute = assembly.GetCustomAttribute(handle)
        where attribute.Constructor.Kind == HandleKind.MemberReference
        let constructor = assembly.GetMemberReference((MemberReferenceHandle)attribute.Constructor)
        let type = assembly.GetTypeReference((TypeReferenceHandle)constructor.Parent)
        where assembly.GetString(type.Name) == "InternalsVisibleToAttribute"
        select ReadArgument(assembly.GetBlobReader(attribute.Value));

    /// <summary>Whether a friend is a project below <c>tests</c>, which is never packed.</summary>
    public static bool ShipsNothing(string friend) => Directory.Exists(RepositoryFile.Find($"tests/{friend}"));

    /// <summary>A custom attribute begins with a prolog of two bytes.</summary>
    private static string ReadArgument(BlobReader value)
    {
        value.ReadUInt16();
        return value.ReadSerializedString()!;
    }
}
