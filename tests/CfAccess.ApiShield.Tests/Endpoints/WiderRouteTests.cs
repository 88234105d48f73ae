using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace CfAccess.ApiShield.Tests.Endpoints;

/// <summary>
/// A route can be wider than the saved operation that is meant by it. A request then reaches the operation's endpoint by a path or method
/// that matches no operation. The rule applies to the endpoint.
/// </summary>
public sealed class WiderRouteTests
{
    /// <summary>The name that the endpoint of a test responds with.</summary>
    private const string Wide = "wide";

    /// <summary>A route, its methods (empty for any), the saved operation, and a request that reaches the route's endpoint.</summary>
    public static TheoryData<string, string, string, string> Routes => new()
    {
        { "/orders/{id=1}", "GET", "GET /orders/{id}", "GET /orders" },
        { "/orders/{id=1}", "GET", "GET /orders/{id}", "GET /orders/" },
        { "/orders/{id=1}", "GET", "GET /orders/{id}", "get /ORDERS" },
        { "/orders/{id?}", "GET", "GET /orders/{id}", "GET /orders" },
        { "/orders/{id?}", "GET", "GET /orders", "GET /orders/7" },
        { "/numbers/{id:int=1}", "GET", "GET /numbers/{id}", "GET /numbers" },
        { "/shop/{shelf=1}/{place=2}", "GET", "GET /shop/{shelf}/{place}", "GET /shop" },
        { "/shop/{shelf=1}/{place=2}", "GET", "GET /shop/{shelf}/{place}", "GET /shop/x" },
        { "/shop/{shelf=1}/{place=2}", "GET", "GET /shop/{shelf}", "GET /shop/x/y" },
        { "/{page=1}", "GET", "GET /{page}", "GET /" },
        { "/files/{**name}", "GET", "GET /files/{name}", "GET /files/a/b" },
        { "/files/{*name}", "GET", "GET /files/{name}", "GET /files" },
        { "/files/{**name}", "GET", "GET /files/{folder}/{name}", "GET /files/a" },
        { "/docs/{name}.{kind}/{page=1}", "GET", "GET /docs/{name}/{page}", "GET /docs/a.pdf" },
        { "/any/{id}", "", "GET /any/{id}", "POST /any/1" },
        { "/any/{id}", "", "GET /any/{id}", "FOO /any/1" },
        { "/any/{id}", "", "GET /any/{id}", "OPTIONS /any/1" },
        { "/any/{id}", "", "GET /any/{id}", "DELETE /any/1" },
        { "/any/{id}", "", "POST /any/{id}", "HEAD /any/1" },
        { "/any/one", "", "GET /any/{id}", "POST /any/one" },
        { "/heads/{id=1}", "GET HEAD", "GET /heads/{id}", "HEAD /heads" },
        { "/heads/{id=1}", "HEAD", "GET /heads/{id}", "HEAD /heads" },
        { "/mixed/{id}", "GET POST", "GET /mixed/{id}", "POST /mixed/1" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_wider_route_does_not_bypass_the_rule_of_its_operation(string route, string methods, string operation, string request)
    {
        await using var host = await StartAsync(route, methods, [operation]);

        (await SendAsync(host, request)).ShouldBe((HttpStatusCode.Forbidden, null));
        (await SendAsync(host, request, host.ValidToken)).ShouldBe((HttpStatusCode.OK, Wide));
    }

    /// <summary>The counterpart: without the rule, each request reaches the endpoint.</summary>
    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Routing_takes_the_request_to_the_endpoint(string route, string methods, string operation, string request)
    {
        await using var host = await StartAsync(route, methods, [operation], isEnabled: false);

        (await SendAsync(host, request)).ShouldBe((HttpStatusCode.OK, Wide));
    }

    [Theory]
    [InlineData("/tenants/{tenant}", "/orders/{id=1}", "GET /tenants/{tenant}/orders/{id}", "/tenants/a/orders")]
    [InlineData("/shops", "/{shop}/{**rest}", "GET /shops/{shop}/{shelf}", "/shops/a/b/c")]
    public async Task A_route_in_a_group_is_the_whole_route(string group, string route, string operation, string path)
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.WithOperations([operation]), map: app => app.MapGroup(group).MapGet(route, ShieldHost.Answer(Wide)));

        (await host.SendAsync(path: path)).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(path: path, token: host.ValidToken)).ShouldBe((HttpStatusCode.OK, Wide));
    }

    [Fact]
    public async Task A_request_must_satisfy_every_operation_of_its_endpoint()
    {
        var documents = ShieldDocuments.WithOperations(["POST /mixed/{id}"], open: ["GET /mixed/{id}"]);
        await using var host = await ShieldHost.StartAsync(documents, map: app => app.Map("/mixed/{id}", ShieldHost.Answer(Wide)));

        (await host.SendAsync("PUT", "/mixed/1")).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync("GET", "/mixed/1")).ShouldBe((HttpStatusCode.OK, Wide));
    }

    [Fact]
    public async Task The_more_literal_operation_of_an_endpoint_decides_as_it_does_for_paths()
    {
        var documents = ShieldDocuments.WithOperations(["GET /accounts/{id}"], open: ["GET /accounts/me"]);
        await using var host = await ShieldHost.StartAsync(documents, map: app => app.Map("/accounts/me", ShieldHost.Answer(Wide)));

        (await host.SendAsync("GET", "/accounts/me")).ShouldBe((HttpStatusCode.OK, Wide));
        (await host.SendAsync("POST", "/accounts/me")).ShouldBe((HttpStatusCode.OK, Wide));
    }

    [Theory]
    [InlineData("GET", "/orders")]
    [InlineData("GET", "/orders/")]
    public async Task An_excluded_operation_of_a_shared_endpoint_stays_open(string method, string path)
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /orders/{id}"], open: ["GET /orders"]),
            map: app => app.MapGet("/orders/{id=1}", ShieldHost.Answer(Wide)));

        (await host.SendAsync(method, path)).ShouldBe((HttpStatusCode.OK, Wide));
        (await host.SendAsync("GET", "/orders/1")).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    [Theory]
    [InlineData("GET", "/api/else")]
    [InlineData("GET", "/api/accounts/1/2")]
    [InlineData("POST", "/api/accounts/1")]
    [InlineData("GET", "/api")]
    public async Task A_proxy_still_serves_what_no_operation_names(string method, string path)
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /api/accounts/{id}"]), map: app => app.Map("/api/{**rest}", ShieldHost.Answer("proxy")));

        (await host.SendAsync("GET", "/api/accounts/1")).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(method, path)).ShouldBe((HttpStatusCode.OK, "proxy"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/settings")]
    [InlineData("/settings/profile")]
    public async Task The_fallback_of_a_single_page_app_still_serves_anonymous_paths(string path)
    {
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.WithOperations(["GET /accounts/{id}", "GET /{a}/{b}/{c}", "POST /"]));

        (await host.SendAsync(path: path)).ShouldBe((HttpStatusCode.OK, "fallback"));
    }

    [Fact]
    public async Task A_parameter_that_tells_operations_apart_owns_none_of_them()
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /orders/things"]), map: app => app.MapGet("/{kind}/things", ShieldHost.Answer(Wide)));

        (await host.SendAsync(path: "/parcels/things")).ShouldBe((HttpStatusCode.OK, Wide));
        (await host.SendAsync(path: "/orders/things")).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    [Fact]
    public async Task A_second_reading_that_is_open_does_not_free_the_endpoint_from_its_rule()
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /files/{name}"], open: ["GET /public"]),
            map: app => app.MapGet("/files/{**name}", ShieldHost.Answer(Wide)));

        (await host.SendAsync(path: "/files/..;/x/..;/public")).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    [Fact]
    public async Task A_rule_that_logs_is_logged_for_its_endpoint_and_lets_the_request_pass()
    {
        var documents = ShieldDocuments.WithOperations(["GET /orders/{id}"]);
        documents.Rules[0]!["action"] = "log";
        await using var host = await ShieldHost.StartAsync(documents, map: app => app.MapGet("/orders/{id=1}", ShieldHost.Answer(Wide)));

        (await host.SendAsync(path: "/orders")).ShouldBe((HttpStatusCode.OK, Wide));
        host.Log.Named("RuleNotSatisfied").ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_endpoint_without_an_operation_stays_open_by_default()
    {
        await using var host = await ShieldHost.StartAsync(map: app => app.MapGet("/unsaved/{id=1}", ShieldHost.Answer(Wide)));

        (await host.SendAsync(path: "/unsaved")).ShouldBe((HttpStatusCode.OK, Wide));
    }

    [Fact]
    public async Task Changed_documents_apply_to_endpoints_too()
    {
        var documents = new ShieldDocuments();
        await using var host = await ShieldHost.StartAsync(documents, map: app => app.MapGet("/orders/{id=1}", ShieldHost.Answer(Wide)));
        (await host.SendAsync(path: "/orders")).ShouldBe((HttpStatusCode.OK, Wide));

        documents.Operations.Add(ShieldDocuments.Operation("GET", "/orders/{id}"));
        host.Provider.Reload();

        (await host.SendAsync(path: "/orders")).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    private static Task<ShieldHost> StartAsync(string route, string methods, string[] operations, bool isEnabled = true)
    {
        var documents = ShieldDocuments.WithOperations(operations);
        documents.Rules[0]!["enabled"] = isEnabled;
        return ShieldHost.StartAsync(documents, map: app => _ = methods.Length == 0
            ? app.Map(route, ShieldHost.Answer(Wide))
            : app.MapMethods(route, methods.Split(' '), ShieldHost.Answer(Wide)));
    }

    private static Task<(HttpStatusCode Status, string? Endpoint)> SendAsync(ShieldHost host, string request, string? token = null)
    {
        var parts = request.Split(' ');
        return host.SendAsync(parts[0], parts[1], token: token);
    }
}
