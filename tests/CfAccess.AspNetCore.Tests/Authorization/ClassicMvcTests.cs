using System.Net;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore.Tests.Authorization.Places;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>MVC without endpoint routing reads attributes by itself, in a filter.</summary>
[Trait("attack", "31")]
public sealed class ClassicMvcTests
{
    [Theory]
    [InlineData("/classic/read", false)]
    [InlineData("/classic/read", true)]
    [InlineData("/classic/readwithpeople", false)]
    [InlineData("/classic/readwithpeople", true)]
    public async Task An_attribute_allows_only_callers_who_meet_its_own_requirement(string path, bool hasDefaultPolicyForPeople)
    {
        var people = new AuthorizationPolicyBuilder().RequireAccessUser().Build();
        await using var host = await AccessHost.StartAsync(
            options => options.GroupsClaim = "groups",
            builder =>
            {
                builder.Services.AddMvc(options => options.EnableEndpointRouting = false).AddApplicationPart(typeof(ClassicController).Assembly);
                builder.Services.AddAuthorization(options =>
                {
                    options.AddPolicy(PlacesApp.People, people);
                    options.DefaultPolicy = hasDefaultPolicyForPeople ? people : options.DefaultPolicy;
                });
            },
#pragma warning disable MVC1005 // Endpoint routing exists for the host's own endpoints, and is off for MVC.
            app => app.UseMvcWithDefaultRoute());
#pragma warning restore MVC1005
        var inGroup = host.Minter.MintPerson(payload => payload["custom"] = new JsonObject { ["groups"] = new JsonArray(TestTeam.Group) });

        (await host.StatusAsync(inGroup, path)).ShouldBe(HttpStatusCode.OK);
        (await host.StatusAsync(host.Minter.MintPerson(), path)).ShouldBe(HttpStatusCode.Forbidden);
        (await host.StatusAsync(host.Minter.MintService(), path)).ShouldBe(HttpStatusCode.Forbidden);
        (await host.StatusAsync(null, path)).ShouldBe(HttpStatusCode.Unauthorized);
    }
}
