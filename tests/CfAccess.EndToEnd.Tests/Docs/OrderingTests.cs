using System.Net;
using CfAccess.ApiShield;
using CfAccess.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.EndToEnd.Tests.Docs;

/// <summary>The order of middleware on the page about API Shield keeps the protection of endpoints.</summary>
public sealed class OrderingTests
{
    [Fact]
    public async Task A_protected_endpoint_works_in_the_order_that_the_page_shows()
    {
        using var emulator = new AccessEmulator();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.WebHost.UseCloudflareAccessEmulator(emulator);
        builder.Services.AddCloudflareAccess();
        builder.Services.AddApiShield(options =>
        {
            options.Configurations = ApiShieldDocumentSource.FromJson("[]");
            options.Rules = ApiShieldDocumentSource.FromJson("[]");
            options.Operations = ApiShieldDocumentSource.FromJson("[]");
            options.UnknownHosts = ApiShieldUnknown.Allow;
        });
        await using var app = builder.Build();
        app.UseInOrder();
        app.MapGet("/mine", () => "inside").RequireAuthorization();
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var alice = app.GetTestClient().AsAccessUser(emulator, "alice@example.com");
        (await StatusAsync(alice)).ShouldBe(HttpStatusCode.OK);
        using var stranger = app.GetTestClient();
        (await StatusAsync(stranger)).ShouldBe(HttpStatusCode.Found);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync("/mine", TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
