using System.Reflection;
using System.Runtime.CompilerServices;
using CfAccess.AspNetCore;

namespace CfAccess.Emulator.Tests;

public sealed class SchemeIndependenceTests
{
    [Fact]
    public void The_scheme_does_not_open_its_internals_to_the_emulator() =>
        typeof(CloudflareAccessOptions).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>()
            .ShouldAllBe(friend => !friend.AssemblyName.Contains("Emulator", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void The_scheme_does_not_know_the_emulator() =>
        typeof(CloudflareAccessOptions).Assembly.GetReferencedAssemblies()
            .ShouldAllBe(assembly => !assembly.Name!.Contains("Emulator", StringComparison.OrdinalIgnoreCase));
}
