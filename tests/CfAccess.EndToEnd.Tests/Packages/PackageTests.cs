using System.Buffers.Binary;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Packages;

/// <summary>What is in the packages, and what they say of themselves.</summary>
[Collection(nameof(PackedSolution))]
public sealed class PackageTests(PackedSolution packed)
{
    private const string Library = "lib/net10.0/";

    private static readonly string[] Kinds = ["nupkg", "snupkg"];

    public static TheoryData<string> Names => [.. PackableProject.All.Select(project => project.Name)];

    [Fact]
    public void Every_packable_project_is_packed_and_nothing_else() => Directory.EnumerateFiles(packed.Folder).Select(Path.GetFileName).ShouldBe(
        PackableProject.All.SelectMany(project => Kinds.Select(kind => $"{project.Name}.{PackableProject.Version}.{kind}")), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_says_what_it_is(string name)
    {
        using var package = packed.Package(Of(name));
        var metadata = package.Metadata;
        string One(string member) => metadata[member].ShouldHaveSingleItem(member).Value;

        One("id").ShouldBe(name);
        One("version").ShouldBe(PackableProject.Version);
        One("authors").ShouldBe("CfAccess contributors");
        One("license").ShouldBe("MIT");
        metadata["license"].Single().Attribute("type")!.Value.ShouldBe("expression");
        One("readme").ShouldBe("README.md");
        One("icon").ShouldBe("icon.png");
        One("tags").ShouldContain("cloudflare");
        One("copyright").ShouldNotBeEmpty();
        One("description").Length.ShouldBeInRange(60, 400);

        // The address is that of the clone that packs; of one without a remote, or with a folder as its remote, there is none.
        var repository = metadata["repository"].ShouldHaveSingleItem();
        repository.Attribute("commit")!.Value.Length.ShouldBe(40);
        (repository.Attribute("url")?.Value ?? "https://").ShouldStartWith("https://");
        metadata["projectUrl"].ShouldBeEmpty("there is no address that could be right for ever");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_depends_on_what_was_decided_and_only_the_companion_needs_an_exact_version(string name)
    {
        using var package = packed.Package(Of(name));
        var dependencies = package.Metadata["dependencies"].SelectMany(all => all.Descendants()).Where(element => element.Name.LocalName == "dependency")
            .ToDictionary(element => element.Attribute("id")!.Value, element => element.Attribute("version")!.Value);

        dependencies.Keys.ShouldBe(Of(name).Dependencies, ignoreOrder: true);
        foreach (var (id, version) in dependencies)
        {
            var isCompanion = (name, id) == ("CfAccess.Emulator.ApiShield", "CfAccess.Emulator");
            version.StartsWith('[').ShouldBe(isCompanion, $"{id} {version}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_shares_its_internals_with_tests_the_tool_and_its_companion_only(string name)
    {
        using var package = packed.Package(Of(name));
        using var assembly = new PEReader(package.Stream($"{(Of(name).IsTool ? "tools/net10.0/any/" : Library)}{name}.dll"));
        var friends = Friends.Of(assembly.GetMetadataReader()).Where(friend => !Friends.ShipsNothing(friend));

        friends.ShouldBeSubsetOf(name == "CfAccess.Emulator" ? ["CfAccess.Cli", "CfAccess.Emulator.ApiShield"] : ["CfAccess.Cli"]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_package_holds_what_should_ship_and_no_more(string name)
    {
        using var package = packed.Package(Of(name));
        var files = package.Files.ToList();
        if (Of(name).IsTool)
        {
            // A tool brings all that it needs.
            files.RemoveAll(file => file.StartsWith("tools/net10.0/any/", StringComparison.Ordinal)).ShouldBeGreaterThan(1);
            files.ShouldBe([$"{name}.nuspec", "README.md", "icon.png"], ignoreOrder: true);
        }
        else
        {
            files.ShouldBe([$"{name}.nuspec", "README.md", "icon.png", $"{Library}{name}.dll", $"{Library}{name}.xml"], ignoreOrder: true);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_readme_and_icon_can_be_shown_where_packages_are_listed(string name)
    {
        using var package = packed.Package(Of(name));
        var page = new Markdown($"src/{name}/README.md");
        var icon = package.Bytes("icon.png").Span;

        package.Text("README.md").ReplaceLineEndings("\n").ShouldBe(page.Text);
        page.Links().ShouldBeEmpty("a link into the repository leads nowhere from there");
        page.Text.ShouldContain($"# {name}\n");
        icon[..8].ToArray().ShouldBe([0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n']);
        (BinaryPrimitives.ReadInt32BigEndian(icon[16..]), BinaryPrimitives.ReadInt32BigEndian(icon[20..])).ShouldBe((128, 128));
        icon.Length.ShouldBeLessThan(20 * 1024);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_public_type_is_documented(string name)
    {
        Assert.SkipWhen(Of(name).IsTool, "A tool has no public types.");
        using var package = packed.Package(Of(name));
        using var assembly = new PEReader(package.Stream($"{Library}{name}.dll"));
        var reader = assembly.GetMetadataReader();
        var documented = package.Xml($"{Library}{name}.xml").Descendants("member").Select(member => member.Attribute("name")!.Value).ToHashSet();

        var types = reader.TypeDefinitions.Select(reader.GetTypeDefinition).Where(type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public).ToList();
        types.ShouldNotBeEmpty();
        types.Select(type => $"T:{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}").ShouldBeSubsetOf(documented);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_symbols_are_those_of_the_assembly_and_every_source_can_be_had(string name)
    {
        Assert.SkipWhen(Of(name).IsTool, "The symbols of a tool are in its package.");
        using var package = packed.Package(Of(name));
        using var symbols = packed.Symbols(Of(name));
        using var assembly = new PEReader(package.Stream($"{Library}{name}.dll"));
        using var provider = MetadataReaderProvider.FromPortablePdbStream(symbols.Stream($"{Library}{name}.pdb"));
        var debug = assembly.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.CodeView);

        symbols.Files.ShouldBe([$"{name}.nuspec", $"{Library}{name}.pdb"], ignoreOrder: true);
        new BlobContentId(provider.GetMetadataReader().DebugMetadataHeader!.Id).Guid.ShouldBe(assembly.ReadCodeViewDebugDirectoryData(debug).Guid);
        Sources.Missing(provider.GetMetadataReader()).ShouldBeEmpty();
        if (package.Metadata["repository"].Single().Attribute("url") is not null)
        {
            Sources.Link(provider.GetMetadataReader()).ShouldNotBeNull("a clone with an address links its sources there");
        }
    }

    private static PackableProject Of(string name) => PackableProject.All.Single(project => project.Name == name);
}
