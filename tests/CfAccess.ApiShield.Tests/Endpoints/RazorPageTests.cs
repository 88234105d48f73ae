using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Razor.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.ApiShield.Tests.Endpoints;

/// <summary>Razor Pages replace the endpoint of a request by that of the compiled page.</summary>
public sealed class RazorPageTests
{
    [Theory]
    [InlineData("GET /orders/{id}", "/orders", "orders")]
    [InlineData("GET /orders/{id}", "/ORDERS/", "orders")]
    [InlineData("GET /index", "/", "index")]
    [InlineData("GET /", "/index", "index")]
    [InlineData("GET /orders/{id}", "/old/address", "orders")]
    public async Task A_page_does_not_bypass_the_rule_of_its_operation(string operation, string path, string page)
    {
        await using var host = await StartAsync(operation);

        (await host.SendAsync(path: path)).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(path: path, token: host.ValidToken)).ShouldBe((HttpStatusCode.OK, page));
    }

    [Fact]
    public async Task A_page_without_an_operation_stays_open()
    {
        await using var host = await StartAsync("GET /orders/{id}");

        (await host.SendAsync(path: "/index")).ShouldBe((HttpStatusCode.OK, "index"));
    }

    private static Task<ShieldHost> StartAsync(string operation) => ShieldHost.StartAsync(
        ShieldDocuments.WithOperations([operation]),
        build: builder => builder.Services.AddRazorPages().ConfigureApplicationPartManager(parts =>
        {
            parts.ApplicationParts.Clear();
            parts.ApplicationParts.Add(new CompiledPages());
        }),
        map: app =>
        {
            app.MapRazorPages();
            app.MapFallbackToPage("/old/{**rest}", "/Orders");
        });

    /// <summary>What the Razor compiler would leave in an assembly.</summary>
    private sealed class CompiledPages : ApplicationPart, IRazorCompiledItemProvider
    {
        public override string Name => nameof(CompiledPages);

        public IEnumerable<RazorCompiledItem> CompiledItems =>
        [
            new CompiledPage("/Pages/Orders.cshtml", typeof(OrdersPage), new RazorCompiledItemMetadataAttribute("RouteTemplate", "{id=1}")),
            new CompiledPage("/Pages/Index.cshtml", typeof(IndexPage)),
        ];
    }

    private sealed class CompiledPage(string identifier, Type type, params object[] metadata) : RazorCompiledItem
    {
        public override string Identifier => identifier;

        public override string Kind => "mvc.1.0.razor-page";

        public override IReadOnlyList<object> Metadata => metadata;

        public override Type Type => type;
    }

    public sealed class OrdersPage : Page
    {
        public OrdersModel Model => (OrdersModel)ViewContext.ViewData.Model!;

        public override Task ExecuteAsync() => Task.CompletedTask;
    }

    public sealed class OrdersModel : PageModel
    {
        public async Task<IActionResult> OnGetAsync()
        {
            await ShieldHost.Answer("orders")(HttpContext);
            return new OkResult();
        }
    }

    public sealed class IndexPage : Page
    {
        public IndexModel Model => (IndexModel)ViewContext.ViewData.Model!;

        public override Task ExecuteAsync() => Task.CompletedTask;
    }

    public sealed class IndexModel : PageModel
    {
        public async Task<IActionResult> OnGetAsync()
        {
            await ShieldHost.Answer("index")(HttpContext);
            return new OkResult();
        }
    }
}
