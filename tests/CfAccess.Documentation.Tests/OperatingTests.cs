using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

/// <summary>The code of the page about operations does what the page says.</summary>
public sealed class OperatingTests
{
    [Theory]
    [InlineData(false, HttpStatusCode.OK)]
    [InlineData(true, HttpStatusCode.ServiceUnavailable)]
    public async Task An_instance_is_ready_when_it_has_keys(bool fails, HttpStatusCode expected)
    {
        using var endpoint = new KeysEndpoint(TestKey.Get("current"));
        if (fails)
        {
            endpoint.Fail();
        }

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(
        [
            new("Authentication:Schemes:CloudflareAccess:TeamDomain", "acme"),
            new("Authentication:Schemes:CloudflareAccess:Audiences:0", TestTeam.Audience),
        ]);
        builder.Services.AddSecretWatch().AddRouting().AddOperations();
        builder.Services.AddHttpClient(CloudflareAccessDefaults.KeysHttpClient).ConfigurePrimaryHttpMessageHandler(() => endpoint);
        await using var app = builder.Build();
        using var fetches = new FetchCounter(app.Services);
        app.UseRouting();
        app.UseAuthorization();
        app.MapReadiness();
        await app.StartAsync(TestContext.Current.CancellationToken);
        await fetches.EndedAsync(1);

        using var client = app.GetTestClient();
        using var answer = await client.GetAsync("/ready", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(expected);
    }
}
