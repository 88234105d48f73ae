using System.Net;
using CfAccess.ApiShield.Tests.Endpoints;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace CfAccess.ApiShield.Tests.Setup;

/// <summary>Routing itself runs an endpoint with <c>ShortCircuit</c>. No middleware sees the request, so no rule can take effect.</summary>
public sealed class ShortCircuitTests
{
    [Theory]
    [InlineData("/orders/{id}")]
    [InlineData("/orders/{id=1}")]
    [InlineData("/orders/{**rest}")]
    [InlineData("/{kind}/{id}")]
    [InlineData("/{**rest}")]
    public async Task A_short_circuit_in_the_place_of_an_operation_stops_the_start(string route)
    {
        var thrown = await Should.ThrowAsync<InvalidOperationException>(() => ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /orders/{id}"]), map: app => app.MapGet(route, ShieldHost.Answer("order")).ShortCircuit()));

        thrown.Message.ShouldContain(route);
        thrown.Message.ShouldContain("GET api.example.com/orders/{var1}");
        thrown.Message.ShouldContain("Remove .ShortCircuit()");
    }

    [Fact]
    public async Task A_short_circuit_below_a_path_base_stops_the_start() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /v1/orders/{id}"]),
            before: app => app.UsePathBase("/v1"),
            map: app => app.MapGet("/orders/{id}", ShieldHost.Answer("order")).ShortCircuit(),
            hasFallback: false))).Message.ShouldContain("Remove .ShortCircuit()");

    [Fact]
    public async Task A_short_circuit_that_no_operation_covers_starts()
    {
        await using var host = await ShieldHost.StartAsync(map: app =>
        {
            app.MapShortCircuit(404, "robots.txt", "favicon.ico");
            app.MapGet("/health", ShieldHost.Answer("health")).ShortCircuit();
        });

        (await host.SendAsync(path: "/robots.txt")).ShouldBe((HttpStatusCode.NotFound, null));
        (await host.SendAsync()).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    /// <summary>Routing prefers the operation's own endpoint.</summary>
    [Fact]
    public async Task A_short_circuit_of_a_wide_route_beside_the_operations_own_endpoint_starts()
    {
        await using var host = await ShieldHost.StartAsync(map: app => app.MapGet("/{**page}", (HttpContext _) => "page").ShortCircuit());

        (await host.SendAsync()).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    [Fact]
    public async Task A_short_circuit_that_appears_later_is_an_error_in_the_log()
    {
        using var source = new ChangingSource();
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /orders/{id}"]), map: app => ((IEndpointRouteBuilder)app).DataSources.Add(source));
        host.Log.Named("RuleWithoutEffect").ShouldBeEmpty();

        var late = new RouteEndpointBuilder(ShieldHost.Answer("order"), RoutePatternFactory.Parse("/orders/{id}"), 0);
        new Convention(late).ShortCircuit();
        source.Add(late.Build());

        host.Log.Named("RuleWithoutEffect").ShouldHaveSingleItem().Message.ShouldContain("/orders/{id}");
    }

    [Fact]
    public async Task Changed_documents_that_cover_a_short_circuit_are_an_error_in_the_log()
    {
        var documents = new ShieldDocuments();
        await using var host = await ShieldHost.StartAsync(documents, map: app => app.MapGet("/health", ShieldHost.Answer("health")).ShortCircuit());
        host.Log.Named("RuleWithoutEffect").ShouldBeEmpty();

        documents.Operations.Add(ShieldDocuments.Operation("GET", "/health"));
        host.Provider.Reload();

        host.Log.Named("RuleWithoutEffect").ShouldHaveSingleItem().Message.ShouldContain("GET api.example.com/health");
    }

    private sealed class Convention(EndpointBuilder builder) : IEndpointConventionBuilder
    {
        public void Add(Action<EndpointBuilder> convention) => convention(builder);
    }
}
