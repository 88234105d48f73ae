using CfAccess.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Documentation.Tests.Snippets;

internal static class EmulatorApiShield
{
    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddApiShield();
        builder.AddCloudflareAccessEmulatorApiShield();     // turns the emulator on too; in Development only
    }

    public static void Test(WebApplicationFactory<Program> factory)
    {
        using var emulator = new AccessEmulator(new AccessEmulatorOptions().AddApiShield());
        using var client = factory.WithWebHostBuilder(host => host.UseCloudflareAccessEmulator(emulator)).CreateClient();
    }
}
