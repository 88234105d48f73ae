using System.Net;
using Microsoft.AspNetCore.Builder;

namespace CfAccess.ApiShield.Tests.Endpoints;

/// <summary>A path without its last segments means the path with the default values of the route. The rule of that path applies.</summary>
public sealed class DefaultValueTests
{
    [Theory]
    [InlineData("/orders/{id=1}", "GET /orders/1", "/orders")]
    [InlineData("/orders/{id=1}", "GET /orders/1", "/Orders/")]
    [InlineData("/{lang=en}/{page=start}", "GET /en/{page}", "/")]
    [InlineData("/{lang=en}/{page=start}", "GET /en/{page}", "/en")]
    [InlineData("/{lang=en}/{page=start}", "GET /{lang}/start", "/de")]
    [InlineData("/{lang=en}/{page=start}/{part?}", "GET /en/start", "/")]
    [InlineData("/files/{**name=readme}", "GET /files/readme", "/files")]
    public async Task A_default_value_that_is_a_literal_of_an_operation_does_not_bypass_its_rule(string route, string operation, string path)
    {
        await using var host = await StartAsync(route, operation);

        (await host.SendAsync(path: path)).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(path: path, token: host.ValidToken)).ShouldBe((HttpStatusCode.OK, "wide"));
    }

    [Theory]
    [InlineData("/orders/{id=1}", "GET /orders/2", "/orders")]
    [InlineData("/{lang=en}/{page=start}", "GET /en/{page}", "/de")]
    [InlineData("/{lang=en}/{page=start}", "GET /en/{page}", "/de/start")]
    [InlineData("/{lang=en}/{page=start}", "GET /de/{page}", "/")]
    public async Task A_path_that_means_other_values_stays_open(string route, string operation, string path)
    {
        await using var host = await StartAsync(route, operation);

        (await host.SendAsync(path: path)).ShouldBe((HttpStatusCode.OK, "wide"));
    }

    [Fact]
    public async Task A_default_value_below_a_path_base_does_not_bypass_the_rule()
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /api/orders/1"]),
            before: app => app.UsePathBase("/api"),
            map: app => app.MapGet("/orders/{id=1}", ShieldHost.Answer("wide")));

        (await host.SendAsync(path: "/api/orders")).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    private static Task<ShieldHost> StartAsync(string route, string operation) =>
        ShieldHost.StartAsync(ShieldDocuments.WithOperations([operation]), map: app => app.MapGet(route, ShieldHost.Answer("wide")));
}
