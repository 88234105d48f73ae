using System.Security.Claims;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.Authorization.Places;

/// <summary>Renders what a component shows to a user, as a circuit does: without a request, by <c>AuthorizeRouteView</c> and <c>AuthorizeView</c>.</summary>
internal static class Rendering
{
    public static Task<string> RouteAsync(IServiceProvider services, ClaimsPrincipal user, Type page) => RenderAsync(services, user, builder =>
    {
        builder.OpenComponent<AuthorizeRouteView>(0);
        builder.AddAttribute(1, nameof(AuthorizeRouteView.RouteData), new Microsoft.AspNetCore.Components.RouteData(page, new Dictionary<string, object?>()));
        builder.AddAttribute(2, nameof(AuthorizeRouteView.NotAuthorized), (RenderFragment<AuthenticationState>)(_ => text => text.AddContent(0, "out")));
        builder.CloseComponent();
    });

    public static Task<string> ViewAsync(IServiceProvider services, ClaimsPrincipal user, string policy) => RenderAsync(services, user, builder =>
    {
        builder.OpenComponent<AuthorizeView>(0);
        builder.AddAttribute(1, nameof(AuthorizeView.Policy), policy);
        builder.AddAttribute(2, nameof(AuthorizeView.Authorized), (RenderFragment<AuthenticationState>)(_ => text => text.AddContent(0, "in")));
        builder.AddAttribute(3, nameof(AuthorizeView.NotAuthorized), (RenderFragment<AuthenticationState>)(_ => text => text.AddContent(0, "out")));
        builder.CloseComponent();
    });

    private static async Task<string> RenderAsync(IServiceProvider services, ClaimsPrincipal user, RenderFragment content)
    {
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, services.GetRequiredService<ILoggerFactory>());
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(CascadingValue<>.Value)] = Task.FromResult(new AuthenticationState(user)),
            [nameof(CascadingValue<>.ChildContent)] = content,
        });
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<CascadingValue<Task<AuthenticationState>>>(parameters)).ToHtmlString());
    }
}
