using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CfAccess.ApiShield.Tests.Endpoints;

/// <summary>Endpoints can appear while the application runs, as a proxy's do when its configuration changes.</summary>
public sealed class LaterEndpointTests
{
    [Fact]
    public async Task An_endpoint_that_appears_later_has_the_rule_of_its_operation()
    {
        using var source = new ChangingSource();
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /orders/{id}"]), map: app => ((IEndpointRouteBuilder)app).DataSources.Add(source));
        (await host.SendAsync(path: "/orders")).ShouldBe((HttpStatusCode.OK, "fallback"));

        source.Add(new RouteEndpoint(ShieldHost.Answer("order"), RoutePatternFactory.Parse("/orders/{id=1}"), 0, EndpointMetadataCollection.Empty, "later"));

        (await host.SendAsync(path: "/orders")).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(path: "/orders", token: host.ValidToken)).ShouldBe((HttpStatusCode.OK, "order"));
    }
}
