using System.Net;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests;

public sealed class SmokeTests
{
    [Fact]
    public async Task A_person_and_a_service_are_let_in()
    {
        await using var host = await AccessHost.StartAsync();
        using var person = await host.GetAsync(host.Minter.Mint(host.Minter.Person()));
        foreach (var e in host.Log.Entries) TestContext.Current.TestOutputHelper!.WriteLine(e.ToString());
        person.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await person.Content.ReadAsStringAsync()).ShouldBe(TestTeam.Email);
        using var service = await host.GetAsync(host.Minter.Mint(host.Minter.Service()));
        (await service.Content.ReadAsStringAsync()).ShouldBe(TestTeam.ClientId);
        host.Endpoint.Count.ShouldBe(1);
        (await host.StatusAsync(null)).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.StatusAsync("abc")).ShouldBe(HttpStatusCode.Unauthorized);
        host.LastReason.ShouldBe("malformed");
    }
}
