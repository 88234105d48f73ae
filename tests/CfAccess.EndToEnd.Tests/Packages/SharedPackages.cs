namespace CfAccess.EndToEnd.Tests.Packages;

/// <summary>Packs once for all tests of packages.</summary>
[CollectionDefinition(nameof(PackedSolution))]
public sealed class SharedPackages : ICollectionFixture<PackedSolution>;
