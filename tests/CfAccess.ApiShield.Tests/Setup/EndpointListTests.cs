using Microsoft.AspNetCore.Builder;

namespace CfAccess.ApiShield.Tests.Setup;

/// <summary>At start, the log lists the endpoints that no operation covers.</summary>
public sealed class EndpointListTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Endpoints_without_an_operation_are_listed_at_start(string environment)
    {
        await using var host = await ShieldHost.StartAsync(environment: environment, map: app =>
        {
            app.MapGet("/health", ShieldHost.Answer("health"));
            app.Map("/api/{**rest}", ShieldHost.Answer("proxy"));
            app.MapMethods("/things", ["PUT", "PATCH"], ShieldHost.Answer("thing"));
            app.MapGet("/more/accounts/{id}", ShieldHost.Answer("more"));
        });

        var message = host.Log.Named("EndpointsWithoutOperation").ShouldHaveSingleItem().Message;
        message.ShouldContain("5 of 7 endpoints");
        message.ShouldContain("GET /health");
        message.ShouldContain("* /api/{**rest}");
        message.ShouldContain("PUT, PATCH /things");
        message.ShouldContain("GET /more/accounts/{id}");
        message.ShouldContain("* /{**path}");
        message.ShouldNotContain("/login");
        message.ShouldNotContain(" /accounts/{id}");
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public async Task A_long_list_is_complete_in_Development_alone(string environment, bool isComplete)
    {
        await using var host = await ShieldHost.StartAsync(environment: environment, map: app =>
        {
            for (var number = 100; number < 200; number++)
            {
                app.MapGet($"/open{number}", ShieldHost.Answer("open"));
            }
        });

        var message = host.Log.Named("EndpointsWithoutOperation").ShouldHaveSingleItem().Message;
        message.ShouldContain("101 of 103 endpoints");
        message.ShouldContain("/open100");
        message.Contains("/open199", StringComparison.Ordinal).ShouldBe(isComplete);
        message.Contains(" more", StringComparison.Ordinal).ShouldBe(!isComplete);
    }

    [Fact]
    public async Task An_endpoint_below_a_path_base_has_its_operation_unless_another_endpoint_has_it()
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(["GET /v1/orders/{id}", "GET /billing/health"]),
            before: app => app.UsePathBase("/v1"),
            map: app =>
            {
                app.MapGet("/orders/{id}", ShieldHost.Answer("order"));
                app.MapGet("/health", ShieldHost.Answer("health"));
                app.Map("/billing/{**rest}", ShieldHost.Answer("billing"));
            });

        var message = host.Log.Named("EndpointsWithoutOperation").ShouldHaveSingleItem().Message;
        message.ShouldContain("GET /health");
        message.ShouldNotContain("GET /orders");
    }

    [Fact]
    public async Task Without_such_an_endpoint_nothing_is_listed()
    {
        await using var host = await ShieldHost.StartAsync(hasFallback: false);

        host.Log.Named("EndpointsWithoutOperation").ShouldBeEmpty();
    }
}
