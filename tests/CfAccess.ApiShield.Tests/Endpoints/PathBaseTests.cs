using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace CfAccess.ApiShield.Tests.Endpoints;

/// <summary>Routes do not have the path base. Operations are saved with it.</summary>
public sealed class PathBaseTests
{
    [Theory]
    [InlineData("GET /v1/orders/{id}", "/v1/orders", null)]
    [InlineData("GET /V1/orders/{id}", "/v1/orders/", null)]
    [InlineData("GET /{version}/orders/{id}", "/v1/orders", null)]
    [InlineData("GET /orders/{id}", "/v1/orders", null)]
    [InlineData("GET /orders/{id}", "/orders", null)]
    [InlineData("GET /v1/orders/{id}", "/v1/orders", "/made-up")]
    [InlineData("GET /v1/orders/{id}", "/v1/orders", "/made/up")]
    [InlineData("GET /v1/orders/{id}", "/v1/orders/1", "/made/up")]
    [InlineData("GET /orders/{id}", "/orders", "/made-up")]
    public async Task A_path_base_does_not_bypass_the_rule_of_an_endpoint(string operation, string path, string? prefix)
    {
        await using var host = await StartAsync(ShieldDocuments.WithOperations([operation]));

        (await SendAsync(host, path, prefix)).ShouldBe((403, null));
        (await SendAsync(host, path, prefix, host.ValidToken)).ShouldBe((200, "order"));
    }

    /// <summary>A client can write a base that makes of a protected path one that is open.</summary>
    [Fact]
    public async Task A_path_base_that_makes_an_open_operation_of_the_path_does_not_free_the_endpoint()
    {
        await using var host = await StartAsync(ShieldDocuments.WithOperations(["GET /orders/{id}"], open: ["GET /public/{page}"]));

        (await SendAsync(host, "/orders", "/public")).ShouldBe((403, null));
    }

    [Theory]
    [InlineData("GET /v1/orders")]
    [InlineData("GET /orders")]
    public async Task An_open_operation_of_a_shared_endpoint_stays_open_below_a_path_base(string open)
    {
        var protectedOne = open + "/{id}";
        await using var host = await StartAsync(ShieldDocuments.WithOperations([protectedOne], open));

        (await SendAsync(host, "/v1/orders")).ShouldBe((200, "order"));
        (await SendAsync(host, "/v1/orders/1")).ShouldBe((403, null));
    }

    [Fact]
    public async Task An_operation_below_another_path_base_is_not_the_endpoints()
    {
        await using var host = await StartAsync(ShieldDocuments.WithOperations(["GET /v2/orders/{id}"]));

        (await SendAsync(host, "/v1/orders")).ShouldBe((200, "order"));
        (await SendAsync(host, "/orders")).ShouldBe((200, "order"));
    }

    [Theory]
    [InlineData("GET /v1/accounts/{id}", "GET /v1/accounts/me", 200)]
    [InlineData("GET /{version}/accounts/me", "GET /v1/accounts/me", 200)]
    [InlineData("PUT /v1/accounts/{id}", "GET /v1/accounts/me", 403)]
    [InlineData("GET /{version}/{kind}/{id}", "GET /v2/accounts/me", 403)]
    public async Task A_more_literal_operation_of_the_same_method_replaces_another_below_a_path_base(string protectedOne, string open, int status)
    {
        await using var host = await StartAsync(ShieldDocuments.WithOperations([protectedOne], open));

        (await SendAsync(host, "/v1/accounts/me", method: "POST")).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("GET /v1/files/{name}", 403)]
    [InlineData("GET /v1/files/{folder}/{name}", 403)]
    [InlineData("GET /v1/files/{name}/all", 200)]
    [InlineData("GET /v1/{any}/{name}", 200)]
    public async Task A_catch_all_below_a_path_base_owns_what_it_owns_without_one(string operation, int status)
    {
        await using var host = await StartAsync(ShieldDocuments.WithOperations([operation]));

        (await SendAsync(host, "/v1/files/a/b/c")).Status.ShouldBe(status);
    }

    private static Task<ShieldHost> StartAsync(ShieldDocuments documents) => ShieldHost.StartAsync(
        documents,
        before: app =>
        {
            app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.XForwardedPrefix });
            app.UsePathBase("/v1");
        },
        map: app =>
        {
            app.MapGet("/orders/{id=1}", ShieldHost.Answer("order"));
            app.MapGet("/files/{**name}", ShieldHost.Answer("file"));
            app.Map("/accounts/me", ShieldHost.Answer("me"));
        });

    private static async Task<(int Status, string? Endpoint)> SendAsync(ShieldHost host, string path, string? prefix = null, string? token = null, string method = "GET")
    {
        var context = await host.ContextAsync(token, context =>
        {
            context.Request.Method = method;
            context.Connection.RemoteIpAddress = IPAddress.Loopback;
            context.Request.Path = path;
            if (prefix is not null)
            {
                context.Request.Headers["X-Forwarded-Prefix"] = prefix;
            }
        });
        return ShieldHost.ResultOf(context);
    }
}
