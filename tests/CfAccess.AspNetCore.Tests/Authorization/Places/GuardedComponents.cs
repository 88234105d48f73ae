using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Routing;

namespace CfAccess.AspNetCore.Tests.Authorization.Places;

[Route("/component"), RequireAccessGroup(TestTeam.Group)]
public class GuardedComponent : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "in");
}

public sealed class InheritingComponent : GuardedComponent;

[Route("/component-with-people"), Authorize("people"), RequireAccessGroup(TestTeam.Group)]
public sealed class GuardedComponentWithPeople : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "in");
}

/// <summary>The page around the pages.</summary>
public sealed class RootComponent : ComponentBase
{
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenComponent<Router>(0);
        builder.AddAttribute(1, nameof(Router.AppAssembly), typeof(RootComponent).Assembly);
        builder.AddAttribute(2, nameof(Router.Found), (RenderFragment<RouteData>)(route => page =>
        {
            page.OpenComponent<RouteView>(0);
            page.AddAttribute(1, nameof(RouteView.RouteData), route);
            page.CloseComponent();
        }));
        builder.CloseComponent();
    }
}
