using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.ApiShield.Tests.Endpoints;

/// <summary>MVC reaches an action by defaults of a route, by several routes, and by routes that choose the action of each request.</summary>
public sealed class MvcRouteTests
{
    [Theory]
    [InlineData("GET /home/index", "GET /")]
    [InlineData("GET /home/index", "GET /home")]
    [InlineData("GET /home/index", "GET /Home/")]
    [InlineData("GET /home/index", "GET /home/index/7")]
    [InlineData("GET /home/index", "POST /home/index")]
    [InlineData("GET /home/index/{id}", "GET /home")]
    public async Task The_default_route_does_not_bypass_the_rule_of_its_action(string operation, string request)
    {
        await using var host = await StartAsync([operation], app => app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}"));

        await ShouldBeProtectedAsync(host, request, "home");
    }

    [Theory]
    [InlineData("/home/other", "other")]
    [InlineData("/home/other/1", "other")]
    public async Task Another_action_of_the_default_route_stays_open(string path, string action)
    {
        await using var host = await StartAsync(
            ["GET /home/index"], app => app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}"));

        (await host.SendAsync(path: path)).ShouldBe((HttpStatusCode.OK, action));
    }

    [Theory]
    [InlineData("GET /")]
    [InlineData("GET /en")]
    [InlineData("GET /en/home")]
    public async Task The_default_language_of_a_route_does_not_bypass_the_rule_of_its_action(string request)
    {
        await using var host = await StartAsync(
            ["GET /en/home/index"], app => app.MapControllerRoute("default", "{lang=en}/{controller=Home}/{action=Index}"));

        await ShouldBeProtectedAsync(host, request, "home");
        (await host.SendAsync(path: "/de")).ShouldBe((HttpStatusCode.OK, "home"));
    }

    [Theory]
    [InlineData("GET /admin")]
    [InlineData("GET /admin/panel")]
    public async Task A_route_of_an_area_does_not_bypass_the_rule_of_its_action(string request)
    {
        await using var host = await StartAsync(
            ["GET /admin/panel/index"], app => app.MapControllerRoute("areas", "{area:exists}/{controller=Panel}/{action=Index}"));

        await ShouldBeProtectedAsync(host, request, "panel");
    }

    [Theory]
    [InlineData("GET /blog")]
    [InlineData("GET /blog/anything")]
    public async Task A_route_with_a_fixed_action_does_not_bypass_the_rule_of_its_action(string request)
    {
        await using var host = await StartAsync(
            ["GET /blog/{article}"],
            app => app.MapControllerRoute("blog", "blog/{article?}", new { controller = "Home", action = "Index" }));

        await ShouldBeProtectedAsync(host, request, "home");
    }

    [Fact]
    public async Task Another_route_to_the_same_action_does_not_bypass_its_rule()
    {
        await using var host = await StartAsync(["GET /home/index"], app =>
        {
            app.MapControllerRoute("blog", "blog/{**article}", new { controller = "Home", action = "Index" });
            app.MapControllerRoute("default", "{controller=Home}/{action=Index}");
        });

        await ShouldBeProtectedAsync(host, "GET /blog/2026/01", "home");
    }

    [Fact]
    public async Task A_route_that_transforms_its_values_does_not_bypass_the_rule_of_its_action()
    {
        await using var host = await StartAsync(
            ["GET /long-name/index"],
            app => app.MapControllerRoute("default", "{controller:dashes=LongName}/{action:dashes=Index}"),
            services => services.AddRouting(options => options.ConstraintMap["dashes"] = typeof(Dashes)));

        await ShouldBeProtectedAsync(host, "GET /long-name", "long");
        await ShouldBeProtectedAsync(host, "GET /", "long");
    }

    [Theory]
    [InlineData("GET /api/parts")]
    [InlineData("HEAD /api/parts")]
    [InlineData("PUT /api/parts/1")]
    [InlineData("FOO /api/parts/1")]
    public async Task An_attribute_route_without_a_verb_does_not_bypass_the_rule_of_its_action(string request)
    {
        await using var host = await StartAsync(["GET /api/parts/{id}"], app => app.MapControllers());

        await ShouldBeProtectedAsync(host, request, "part");
    }

    [Fact]
    public async Task Two_actions_of_one_name_have_the_rule_of_their_own_verb()
    {
        await using var host = await StartAsync(
            ["POST /forms/edit"], app => app.MapControllerRoute("default", "{controller=Home}/{action=Index}/{id?}"));

        (await host.SendAsync("GET", "/forms/edit/1")).ShouldBe((HttpStatusCode.OK, "form"));
        (await host.SendAsync("POST", "/forms/edit/1")).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    [Fact]
    public async Task A_fallback_to_an_action_does_not_bypass_its_rule()
    {
        await using var host = await StartAsync(["GET /home/index"], app =>
        {
            app.MapControllerRoute("default", "{controller=Home}/{action=Index}");
            app.MapFallbackToController("/old/{**rest}", "Index", "Home");
        });

        await ShouldBeProtectedAsync(host, "GET /old/address", "home");
    }

    [Fact]
    public async Task A_dynamic_route_does_not_bypass_the_rule_of_the_action_that_it_chooses()
    {
        await using var host = await StartAsync(
            ["GET /home/index"],
            app =>
            {
                app.MapControllerRoute("default", "{controller=Home}/{action=Index}");
                app.MapDynamicControllerRoute<Chosen>("/pages/{chosen}");
            },
            services => services.AddSingleton<Chosen>());

        await ShouldBeProtectedAsync(host, "GET /pages/index", "home");
        (await host.SendAsync(path: "/pages/other")).ShouldBe((HttpStatusCode.OK, "other"));
    }

    private static async Task ShouldBeProtectedAsync(ShieldHost host, string request, string action)
    {
        var parts = request.Split(' ');
        (await host.SendAsync(parts[0], parts[1])).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(parts[0], parts[1], token: host.ValidToken)).ShouldBe((HttpStatusCode.OK, action));
    }

    private static Task<ShieldHost> StartAsync(
        string[] operations, Action<WebApplication> map, Action<IServiceCollection>? configure = null) => ShieldHost.StartAsync(
            ShieldDocuments.WithOperations(operations),
            build: builder =>
            {
                builder.Services.AddControllers().ConfigureApplicationPartManager(parts =>
                {
                    parts.ApplicationParts.Clear();
                    parts.FeatureProviders.Clear();
                    parts.FeatureProviders.Add(new Controllers());
                });
                configure?.Invoke(builder.Services);
            },
            map: map);

    private sealed class Controllers : IApplicationFeatureProvider<ControllerFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature)
        {
            Type[] types = [typeof(HomeController), typeof(LongNameController), typeof(FormsController), typeof(PanelController), typeof(PartsController)];
            types.ToList().ForEach(type => feature.Controllers.Add(type.GetTypeInfo()));
        }
    }

    private sealed class Chosen : DynamicRouteValueTransformer
    {
        public override ValueTask<RouteValueDictionary> TransformAsync(HttpContext httpContext, RouteValueDictionary values) =>
            new(new RouteValueDictionary { ["controller"] = "Home", ["action"] = values["chosen"] });
    }

    private sealed class Dashes : IOutboundParameterTransformer
    {
        public string? TransformOutbound(object? value) => value?.ToString() == "LongName" ? "long-name" : value?.ToString();
    }

    public sealed class HomeController : ControllerBase
    {
        public Task Index() => ShieldHost.Answer("home")(HttpContext);

        public Task Other() => ShieldHost.Answer("other")(HttpContext);
    }

    public sealed class LongNameController : ControllerBase
    {
        public Task Index() => ShieldHost.Answer("long")(HttpContext);
    }

    public sealed class FormsController : ControllerBase
    {
        [HttpGet]
        public Task Edit(int id) => ShieldHost.Answer(id > 0 ? "form" : "none")(HttpContext);

        [HttpPost]
        public Task Edit() => ShieldHost.Answer("edited")(HttpContext);
    }

    [Area("Admin")]
    public sealed class PanelController : ControllerBase
    {
        public Task Index() => ShieldHost.Answer("panel")(HttpContext);
    }

    [Route("api/parts/{id=1}")]
    public sealed class PartsController : ControllerBase
    {
        public Task Part() => ShieldHost.Answer("part")(HttpContext);
    }
}
