using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.ApiShield.Tests.Setup;

/// <summary>Before routing has chosen an endpoint, no rule can apply to it. The application then does not start.</summary>
public sealed class RoutingOrderTests
{
    [Fact]
    public Task UseApiShield_before_UseRouting_stops_the_start() =>
        ShouldNotStartAsync(() => ShieldHost.StartAsync(routesByItself: false, map: app => app.UseRouting()));

    [Fact]
    public Task UseApiShield_in_a_startup_filter_stops_the_start() => ShouldNotStartAsync(() => ShieldHost.StartAsync(
        build: builder => builder.Services.AddTransient<IStartupFilter, ShieldFilter>()));

    [Fact]
    public Task UseApiShield_before_the_routing_of_its_branch_stops_the_start() => ShouldNotStartAsync(() => ShieldHost.StartAsync(
        map: app => app.Map("/branch", branch =>
        {
            branch.UseApiShield();
            branch.UseRouting();
            branch.UseEndpoints(_ => { });
        })));

    [Fact]
    public Task UseApiShield_in_a_branch_before_UseRouting_stops_the_start() => ShouldNotStartAsync(() => ShieldHost.StartAsync(
        before: app => app.UseWhen(_ => true, branch => branch.UseApiShield())));

    [Fact]
    public Task UseApiShield_before_UseRouting_of_a_startup_class_stops_the_start() => ShouldNotStartAsync(() => StartAsync(app =>
    {
        app.UseApiShield();
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapGet("/accounts/{id}", ShieldHost.Answer("account")));
    }));

    [Fact]
    public async Task UseApiShield_after_UseRouting_of_a_startup_class_protects_its_endpoints()
    {
        using var host = await StartAsync(app =>
        {
            app.UseRouting();
            app.UseApiShield();
            app.UseEndpoints(endpoints => endpoints.MapGet("/accounts/{id=1}", ShieldHost.Answer("account")));
        });

        var context = await host.GetTestServer().SendAsync(context =>
            (context.Request.Method, context.Request.Host, context.Request.Path) = ("GET", new(ShieldDocuments.Host), "/accounts"));

        context.Response.StatusCode.ShouldBe(403);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_web_application_starts_with_its_own_routing_and_without(bool routesByItself)
    {
        await using var host = await ShieldHost.StartAsync(
            routesByItself: routesByItself,
            map: app => app.UseWhen(_ => true, branch => branch.UseApiShield()));

        (await host.SendAsync()).ShouldBe((System.Net.HttpStatusCode.Forbidden, null));
    }

    [Fact]
    public async Task A_startup_filter_that_routes_for_itself_does_not_stop_the_start()
    {
        await using var host = await ShieldHost.StartAsync(
            routesByItself: false, build: builder => builder.Services.AddTransient<IStartupFilter, RoutingFilter>());

        (await host.SendAsync()).ShouldBe((System.Net.HttpStatusCode.Forbidden, null));
    }

    [Fact]
    public async Task An_application_without_routing_starts()
    {
        using var host = await StartAsync(app =>
        {
            app.UseApiShield();
            app.Run(ShieldHost.Answer("terminal"));
        });

        var context = await host.GetTestServer().SendAsync(context =>
            (context.Request.Method, context.Request.Host, context.Request.Path) = ("GET", new(ShieldDocuments.Host), "/accounts/1"));

        context.Response.StatusCode.ShouldBe(403);
    }

    private static async Task ShouldNotStartAsync<T>(Func<Task<T>> start)
    {
        var thrown = await Should.ThrowAsync<InvalidOperationException>(start);
        thrown.Message.ShouldContain("Call app.UseRouting() before app.UseApiShield()");
    }

    private static async Task<IHost> StartAsync(Action<IApplicationBuilder> configure)
    {
        var host = new HostBuilder().ConfigureWebHost(web => web
            .UseTestServer()
            .ConfigureServices(services => services.AddRouting().AddApiShield(options => new ShieldDocuments().GiveTo(options)))
            .Configure(configure)).Build();
        try
        {
            await host.StartAsync();
        }
        catch
        {
            host.Dispose();
            throw;
        }

        return host;
    }

    private sealed class RoutingFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseRouting();
            app.UseEndpoints(endpoints => endpoints.MapGet("/filter", ShieldHost.Answer("filter")));
            next(app);
        };
    }

    private sealed class ShieldFilter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.UseApiShield();
            next(app);
        };
    }
}
