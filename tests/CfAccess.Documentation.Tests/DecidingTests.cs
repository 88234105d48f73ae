using System.Net;
using CfAccess.Emulator;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

/// <summary>The code of the page about policies does what the page says.</summary>
public sealed class DecidingTests
{
    [Fact]
    public async Task Each_endpoint_lets_in_whom_its_policy_names()
    {
        using var emulator = new AccessEmulator();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Services.AddSecretWatch();
        builder.WebHost.UseCloudflareAccessEmulator(emulator);
        builder.Services.AddCloudflareAccess(options =>
        {
            options.GroupsClaim = "groups";
            options.Audiences = [AccessEmulatorDefaults.Audience, "4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"];
        });
        builder.Services.AddPolicies();
        await using var app = builder.Build();
        app.MapDecisions();
        await app.StartAsync(TestContext.Current.CancellationToken);

        using var nobody = app.GetTestClient();
        using var member = app.GetTestClient().AsAccessUser(emulator, "alice@example.com", groups: ["finance"]);
        using var staff = app.GetTestClient().AsAccessUser(emulator, "bob@example.com", groups: []);
        using var guest = app.GetTestClient().AsAccessUser(emulator, "carol@elsewhere.example", groups: []);

        (await StatusAsync(staff, "/news")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(guest, "/news")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(member, "/budget")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(staff, "/budget")).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(member, "/admin")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(nobody, "/admin")).ShouldBe(HttpStatusCode.Found);
        using var deployed = await staff.PostAsync("/deploy", content: null, TestContext.Current.CancellationToken);
        deployed.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
