using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore.Authorization;
using CfAccess.AspNetCore.Authorization.Policies;
using CfAccess.AspNetCore.Tests.Authorization.Places;
using CfAccess.Testing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>The name of an Access policy says what the policy demands, wherever the name ends up.</summary>
public sealed class PolicyNameTests
{
    private const string Prefix = "CloudflareAccess:";

    [Fact]
    public void Names_are_readable()
    {
        CloudflareAccessPolicy.User().ShouldBe("CloudflareAccess:User");
        CloudflareAccessPolicy.User("https://acme.cloudflareaccess.com").ShouldBe("CloudflareAccess:User@acme");
        CloudflareAccessPolicy.Identity("acme.fed").ShouldBe("CloudflareAccess:Identity@acme.fed");
        CloudflareAccessPolicy.Group("finance", "legal", "finance").ShouldBe("CloudflareAccess:Group:finance,legal");
        CloudflareAccessPolicy.Group(["a,b", "c:d", "50%"], "acme").ShouldBe("CloudflareAccess:Group@acme:a%2Cb,c%3Ad,50%25");
        CloudflareAccessPolicy.GroupId("02fk6b3p3majl10").ShouldBe("CloudflareAccess:GroupId:02fk6b3p3majl10");
        CloudflareAccessPolicy.EmailDomain("example.com").ShouldBe("CloudflareAccess:EmailDomain:example.com");
        CloudflareAccessPolicy.ServiceToken(TestTeam.ClientId).ShouldBe($"CloudflareAccess:ServiceToken:{TestTeam.ClientId}");
        CloudflareAccessPolicy.Audience([TestTeam.Audience], "https://access.example.com:8443")
            .ShouldBe($"CloudflareAccess:Audience@https%3A//access.example.com%3A8443:{TestTeam.Audience}");
    }

    [Fact]
    public void An_attribute_has_the_name_of_its_demand_as_its_policy()
    {
        new RequireAccessGroupAttribute("finance").Policy.ShouldBe(CloudflareAccessPolicy.Group("finance"));
        new RequireAccessGroupAttribute("finance") { Team = "acme" }.Policy.ShouldBe(CloudflareAccessPolicy.Group(["finance"], "acme"));
        ((IAuthorizeData)new RequireAccessUserAttribute { Team = "acme" }).Policy.ShouldBe(CloudflareAccessPolicy.User("acme"));
        new RequireAccessIdentityAttribute().Policy.ShouldBe(CloudflareAccessPolicy.Identity());
        new RequireAccessGroupIdAttribute("1").Policy.ShouldBe(CloudflareAccessPolicy.GroupId("1"));
        new RequireAccessEmailDomainAttribute("example.com").Policy.ShouldBe(CloudflareAccessPolicy.EmailDomain("example.com"));
        new RequireAccessServiceTokenAttribute("a.access").Policy.ShouldBe(CloudflareAccessPolicy.ServiceToken("a.access"));
        new RequireAccessAudienceAttribute("tag").Policy.ShouldBe(CloudflareAccessPolicy.Audience("tag"));
    }

    [Theory]
    [InlineData("finance")]
    [InlineData("a,b")]
    [InlineData("a:b@c")]
    [InlineData("%2C")]
    [InlineData("%252C,%")]
    [InlineData("\"quoted\" 'and' \\escaped\\")]
    [InlineData("línea\r\n\t\0 \u200B 日本語 😀")]
    [InlineData("\uD800 alone")]
    [InlineData("CloudflareAccess:User")]
    public void Every_value_survives_its_name(string value) => Reread([value, value + "2"], "acme");

    [Fact]
    public void A_value_of_a_thousand_characters_survives_its_name() => Reread([new string(',', 1000), new string('x', 1000)], team: null);

    [Fact]
    public void Arbitrary_values_survive_their_name() => Prop.ForAll<string[]>(values =>
    {
        if (values.Length > 0 && !values.Any(string.IsNullOrWhiteSpace))
        {
            Reread(values, team: null);
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("Users")]
    [InlineData("user")]
    [InlineData("0")]
    [InlineData("User:")]
    [InlineData("User:alice")]
    [InlineData("User@")]
    [InlineData("User@a b")]
    [InlineData("User@acme@acme")]
    [InlineData("Group")]
    [InlineData("Group:")]
    [InlineData("Group:a,")]
    [InlineData("Group: ")]
    [InlineData("Group:%2c")]
    [InlineData("Group:%41")]
    [InlineData("Group:100%")]
    [InlineData("Group:a:b")]
    [InlineData("EmailDomain:@example.com")]
    [InlineData(" User")]
    public async Task A_malformed_name_rejects_everybody_without_an_error_response(string rest)
    {
        await using var host = await AccessHost.StartAsync(map: app => app.MapGet("/check", Check));

        (await host.StatusAsync(host.Minter.MintPerson(), "/check?name=" + Uri.EscapeDataString(Prefix + rest))).ShouldBe(HttpStatusCode.Forbidden);
        host.Log.Named("PolicyNameInvalid").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("cloudflareaccess:User")]
    [InlineData("CLOUDFLAREACCESS:User")]
    public async Task A_name_that_only_resembles_an_access_policy_rejects_everybody(string name)
    {
        await using var host = await AccessHost.StartAsync(
            build: builder => builder.Services.AddAuthorizationBuilder().AddPolicy(name, policy => policy.RequireAuthenticatedUser()),
            map: app => app.MapGet("/check", Check));

        (await host.StatusAsync(host.Minter.MintPerson(), "/check?name=" + Uri.EscapeDataString(name))).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_application_with_a_malformed_name_on_an_endpoint_does_not_start()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => AccessHost.StartAsync(
            map: app => app.MapGet("/it", () => "in").RequireAuthorization("CloudflareAccess:Groop:admins")));

        failure.Message.ShouldContain("'HTTP: GET /it': the policy 'CloudflareAccess:Groop:admins', which is not a valid name of an Access policy");
    }

    [Fact]
    public async Task A_name_is_a_policy_wherever_one_is_named()
    {
        await using var app = await PlacesApp.StartAsync();
        var services = app.Host.Services;
        var member = await app.Host.PrincipalAsync(app.Host.Minter.MintPerson(InGroup));
        var other = await app.Host.PrincipalAsync(app.Host.Minter.MintPerson());

        (await Rendering.ViewAsync(services, member!, CloudflareAccessPolicy.Group(TestTeam.Group))).ShouldBe("in");
        (await Rendering.ViewAsync(services, other!, CloudflareAccessPolicy.Group(TestTeam.Group))).ShouldBe("out");
        (await Rendering.ViewAsync(services, new ClaimsPrincipal(), CloudflareAccessPolicy.User())).ShouldBe("out");
    }

    private static async Task<IResult> Check(string name, ClaimsPrincipal user, HttpContext context, IAuthorizationService authorization) =>
        (await authorization.AuthorizeAsync(user, context, name)).Succeeded ? Results.Text("in") : Results.Forbid();

    private static void Reread(IReadOnlyList<string> values, string? team)
    {
        var name = CloudflareAccessPolicy.Group(values, team);

        PolicyName.TryParse(name, out var requirement).ShouldBeTrue();
        requirement!.Kind.ShouldBe(AccessRequirementKind.Group);
        requirement.Values.ShouldBe(values.Distinct(StringComparer.Ordinal));
        requirement.Team.ShouldBe(team is null ? null : TestTeam.Issuer);
        PolicyName.Format(requirement).ShouldBe(name);
    }

    private static void InGroup(JsonObject payload) => payload["custom"] = new JsonObject { ["groups"] = new JsonArray(TestTeam.Group) };
}
