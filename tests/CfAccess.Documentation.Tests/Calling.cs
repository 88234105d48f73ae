using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

public static class Calling
{
    public static void AddCalls(this WebApplicationBuilder builder)
    {
        var warehouse = builder.Configuration.GetSection("Warehouse");
        builder.Services.AddHttpClient("warehouse", client => client.BaseAddress = new Uri(warehouse["Url"]!))
            .AddCloudflareAccessServiceToken(warehouse);
        builder.Services.AddHttpClient("payroll", client => client.BaseAddress = new Uri(builder.Configuration["Payroll:Url"]!))
            .AddCloudflareAccessUser();
    }

    public static void MapCalls(this WebApplication app)
    {
        app.MapGet("/stock", (IHttpClientFactory clients) => clients.CreateClient("warehouse").GetStringAsync("stock"));
        app.MapGet("/salary", (IHttpClientFactory clients) => clients.CreateClient("payroll").GetStringAsync("mine")).RequireAuthorization();
    }
}
