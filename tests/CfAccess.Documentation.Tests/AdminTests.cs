using System.Net;
using CfAccess.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CfAccess.Documentation.Tests;

public class AdminTests(WebApplicationFactory<Program> factory) : IClassFixture<WebApplicationFactory<Program>>
{
    [Fact]
    public async Task Only_people_of_the_platform_group_may_enter_admin()
    {
        using var emulator = new AccessEmulator();
        using var client = factory.WithWebHostBuilder(host => host.UseCloudflareAccessEmulator(emulator)).CreateClient();

        var alice = await client.AsAccessUser(emulator, "alice@example.com", groups: ["platform"]).GetAsync("/admin");
        var bob = await client.AsAccessUser(emulator, "bob@example.com", groups: ["sales"]).GetAsync("/admin");
        var robot = await client.AsAccessService(emulator, AccessEmulatorDefaults.ServiceTokenClientId).GetAsync("/admin");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (alice.StatusCode, bob.StatusCode, robot.StatusCode));
    }
}
