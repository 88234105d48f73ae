using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.ApiShield.Tests.Endpoints;

/// <summary>Browsers send no token with a CORS preflight. It never runs the endpoint that it asks about.</summary>
public sealed class PreflightTests
{
    [Theory]
    [InlineData("/orders/{id=1}", "/orders", true)]
    [InlineData("/orders/{id=1}", "/orders/1", true)]
    [InlineData("/orders/{id=1}", "/orders", false)]
    [InlineData("/orders/{id}", "/orders/1", false)]
    public async Task A_preflight_is_left_to_cors(string route, string path, bool isForAnyMethod)
    {
        await using var host = await StartAsync(route, isForAnyMethod);

        (await SendAsync(host, path)).ShouldBe((204, null));
    }

    [Fact]
    public async Task Without_the_headers_of_a_preflight_it_is_an_ordinary_request()
    {
        await using var host = await StartAsync("/orders/{id=1}", isForAnyMethod: true);

        (await SendAsync(host, "/orders", request => request.Headers.Remove("Origin"))).ShouldBe((403, null));
        (await SendAsync(host, "/orders", request => request.Headers.Remove("Access-Control-Request-Method"))).ShouldBe((403, null));
        (await SendAsync(host, "/orders", request => request.Method = "POST")).ShouldBe((403, null));
    }

    [Fact]
    public async Task An_endpoint_without_cors_runs_for_a_preflight_and_is_protected()
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /orders/{id}"]), map: app => app.Map("/orders/{id=1}", ShieldHost.Answer("order")));

        (await SendAsync(host, "/orders")).ShouldBe((403, null));
    }

    /// <summary>An application can switch off the check that keeps an endpoint with CORS metadata from running without the middleware.</summary>
    [Fact]
    public async Task Without_the_cors_middleware_and_without_its_check_a_preflight_is_protected()
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /orders/{id}"]),
            build: builder => builder.Services.AddCors().Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata = true),
            map: app => app.Map("/orders/{id=1}", ShieldHost.Answer("order")).RequireCors(AnyOrigin));

        (await SendAsync(host, "/orders")).ShouldBe((403, null));
    }

    private static Task<ShieldHost> StartAsync(string route, bool isForAnyMethod) => ShieldHost.StartAsync(
        ShieldDocuments.WithOperations(["GET /orders/{id}"]),
        build: builder => builder.Services.AddCors(),
        map: app =>
        {
            app.UseCors();
            _ = isForAnyMethod
                ? app.Map(route, ShieldHost.Answer("order")).RequireCors(AnyOrigin)
                : app.MapGet(route, ShieldHost.Answer("order")).RequireCors(AnyOrigin);
        });

    private static async Task<(int Status, string? Endpoint)> SendAsync(ShieldHost host, string path, Action<HttpRequest>? change = null)
    {
        var context = await host.ContextAsync(change: context =>
        {
            context.Request.Method = "OPTIONS";
            context.Request.Path = path;
            context.Request.Headers.Origin = "https://app.example.com";
            context.Request.Headers.AccessControlRequestMethod = "GET";
            change?.Invoke(context.Request);
        });
        return ShieldHost.ResultOf(context);
    }

    private static void AnyOrigin(CorsPolicyBuilder policy) => policy.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod();
}
