using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>What attributes ask on controllers and actions: all of it, of the class and of the method.</summary>
public sealed class ControllerTests
{
    [Fact]
    public async Task A_controller_and_its_actions_ask_together()
    {
        await using var host = await AccessHost.StartAsync(
            options => options.GroupsClaim = "groups",
            builder => builder.Services.AddControllers().AddApplicationPart(typeof(ReportsController).Assembly),
            app => app.MapControllers());
        var member = host.Minter.MintPerson(payload => payload["custom"] = new JsonObject { ["groups"] = new JsonArray(TestTeam.Group) });
        var other = host.Minter.MintPerson();
        var outsider = host.Minter.MintPerson(payload => payload["email"] = "carol@elsewhere.example");

        (await host.StatusAsync(member, "/reports/read")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(other, "/reports/read")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(outsider, "/reports/read")).ShouldBe(HttpStatusCode.Forbidden);
        (await host.StatusAsync(member, "/reports/write")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(other, "/reports/write")).ShouldBe(HttpStatusCode.Forbidden);
        (await host.StatusAsync(null, "/reports/write")).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.StatusAsync(null, "/reports/open")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(host.Minter.MintService(), "/robots")).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(member, "/robots")).ShouldBe(HttpStatusCode.Forbidden);
    }
}

[Route("reports")]
[RequireAccessEmailDomain("example.com")]
public sealed class ReportsController : ControllerBase
{
    [HttpGet("read")]
    public IActionResult Read() => Ok();

    [HttpGet("write")]
    [RequireAccessUser]
    [RequireAccessGroup("admins", TestTeam.Group)]
    public IActionResult Write() => Ok();

    [HttpGet("open")]
    [Microsoft.AspNetCore.Authorization.AllowAnonymous]
    public IActionResult Open() => Ok();
}

[Route("robots")]
public sealed class RobotsController : ControllerBase
{
    [HttpGet]
    [RequireAccessServiceToken(TestTeam.ClientId)]
    public IActionResult Read() => Ok();
}
