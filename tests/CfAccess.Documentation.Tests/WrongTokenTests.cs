using System.Net;
using CfAccess.Emulator;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CfAccess.Documentation.Tests;

public class WrongTokenTests(WebApplicationFactory<Program> factory) : IClassFixture<WebApplicationFactory<Program>>
{
    [Fact]
    public async Task Every_wrong_token_is_refused()
    {
        using var emulator = new AccessEmulator(new() { Edge = false });
        using var client = factory.WithWebHostBuilder(host => host.UseCloudflareAccessEmulator(emulator)).CreateClient();

        foreach (var wrong in Enum.GetValues<AccessEmulatorWrongToken>())
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
            request.Headers.Add("Cf-Access-Jwt-Assertion", emulator.MintWrongToken(wrong));
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(request)).StatusCode);
        }
    }
}
