using System.Net;
using CfAccess.Emulator;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

/// <summary>The code of the page about calls does what the page says.</summary>
public sealed class CallingTests
{
    [Fact]
    public async Task A_service_calls_as_itself_and_for_its_caller()
    {
        await using var other = await EchoAsync();
        using var emulator = new AccessEmulator();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Services.AddSecretWatch();
        builder.WebHost.UseCloudflareAccessEmulator(emulator);
        builder.Configuration.AddInMemoryCollection(
        [
            new("Warehouse:Url", other.Urls.Single()),
            new("Warehouse:ClientId", "c9bbbfb4f0d4a7d4b7c3b0e1f2a3d4c5.access"),
            new("Warehouse:ClientSecret", "sentinel-of-a-client-secret"),
            new("Payroll:Url", other.Urls.Single()),
        ]);
        builder.Services.AddCloudflareAccess();
        builder.AddCalls();
        await using var app = builder.Build();
        app.MapCalls();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var alice = app.GetTestClient().AsAccessUser(emulator, "alice@example.com");

        (await alice.GetStringAsync("/stock", TestContext.Current.CancellationToken))
            .ShouldBe("/stock: c9bbbfb4f0d4a7d4b7c3b0e1f2a3d4c5.access");
        (await alice.GetStringAsync("/salary", TestContext.Current.CancellationToken)).ShouldStartWith("/mine: eyJ");
    }

    /// <summary>Tells who calls it, as far as that is in headers.</summary>
    private static async Task<WebApplication> EchoAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync(
            $"{context.Request.Path}: {context.Request.Headers["CF-Access-Client-Id"]}{context.Request.Headers["Cf-Access-Token"]}"));
        await app.StartAsync();
        return app;
    }
}
