using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Authorization.PageHandlers;

/// <summary>ASP.NET Core ignores attributes on the handler methods of a Razor Page.</summary>
public sealed class PageHandlerTests
{
    [Fact]
    public async Task An_Access_attribute_on_a_handler_method_stops_the_application()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync("/Authorization/PageHandlers"));

        failure.Message.ShouldContain("/ModelPage");
        failure.Message.ShouldContain("HandlerPageModel.OnPost");
        failure.Message.ShouldContain("Put the attribute on the page model.");
    }

    [Fact]
    public async Task Pages_without_such_an_attribute_start()
    {
        await using var host = await StartAsync("/Authorization/Places");

        (await host.StatusAsync(token: null, "/GuardedPage")).ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    private static Task<AccessHost> StartAsync(string root) => AccessHost.StartAsync(
        options => options.GroupsClaim = "groups",
        builder => builder.Services.AddRazorPages().WithRazorPagesRoot(root).AddApplicationPart(typeof(PageHandlerTests).Assembly),
        app => app.MapRazorPages());
}
