using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore;
using CfAccess.Emulator;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.Documentation.Tests;

/// <summary>The application and the settings on the page about groups work.</summary>
public sealed class GroupsPageTests
{
    private static readonly Markdown Page = new("docs/groups.md");

    [Fact]
    public async Task The_application_on_the_page_lets_in_whom_it_says()
    {
        using var emulator = new AccessEmulator();
        await using var app = await GroupsApp.StartAsync(emulator);
        using var client = app.GetTestClient();
        var carol = new AccessEmulatorPerson
        {
            Email = "carol@example.com",
            Name = "Carol Example",
            Groups = ["Finance-Team"],
            IdentityProvider = "okta",
            Custom = new JsonObject { ["department"] = "Accounts" },
        };

        client.AsAccessUser(emulator, carol);
        (await TextAsync(client, "/ledger")).ShouldBe("the books");
        (await TextAsync(client, "/payroll")).ShouldBe("the salaries");
        (await TextAsync(client, "/device")).ShouldBe("Carol Example, okta, WARP: False");
        (await TextAsync(client, "/department")).ShouldBe("Accounts");

        client.AsAccessUser(emulator, "bob@example.com", groups: ["sales"]);
        (await client.GetAsync("/ledger")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync("/payroll")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await TextAsync(client, "/department")).ShouldBe("none");

        client.AsAccessService(emulator, AccessEmulatorDefaults.ServiceTokenClientId);
        (await client.GetAsync("/ledger")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await client.GetAsync("/device")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public void The_settings_on_the_page_are_taken()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(Page.Blocks("json").Single())));
        builder.Services.AddCloudflareAccess();
        using var services = builder.Services.BuildServiceProvider();

        var options = services.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>().Get(CloudflareAccessDefaults.AuthenticationScheme);

        options.GroupsFromIdentity.ShouldBeTrue();
        options.Identity.Load.ShouldBe(CloudflareAccessIdentityLoad.AtAuthentication);
        options.Identity.IdentityProviders.ShouldHaveSingleItem();
    }

    [Fact]
    public void Every_option_of_identities_is_listed() => typeof(CloudflareAccessIdentityOptions).GetProperties().Select(option => option.Name)
        .ShouldBeSubsetOf(Page.Rows().SelectMany(row => Markdown.Words(row[0])));

    private static async Task<string> TextAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return await response.Content.ReadAsStringAsync();
    }
}
