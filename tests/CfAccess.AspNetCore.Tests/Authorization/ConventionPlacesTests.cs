using System.Text.Json.Nodes;
using CfAccess.AspNetCore.Tests.Authorization.Places;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>A convention holds on every kind of endpoint.</summary>
public sealed class ConventionPlacesTests
{
    /// <summary>All places but those without an endpoint of their own: a component that the router chooses inside a circuit.</summary>
    public static TheoryData<string> Endpoints => [.. PlacesApp.All.Keys.Where(place => !place.StartsWith("AuthorizeRouteView", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task RequireAccessAudience_rejects_a_token_for_another_application(string place)
    {
        await using var app = await PlacesApp.StartAsync(convention: endpoint => endpoint.RequireAccessAudience(TestTeam.OtherAudience));
        var enter = PlacesApp.All[place];

        (await enter(app, Member(app, TestTeam.OtherAudience))).ShouldBeTrue("the required application");
        (await enter(app, Member(app, TestTeam.Audience))).ShouldBeFalse("another application");
        (await enter(app, null)).ShouldBeFalse("no token");
    }

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task RequireAccessSameOrigin_rejects_a_request_from_a_page_of_another_origin(string place)
    {
        await using var app = await PlacesApp.StartAsync(convention: endpoint => endpoint.RequireAccessSameOrigin("https://www.example.com"));
        var enter = PlacesApp.All[place];
        var member = Member(app, TestTeam.Audience);

        (await enter(app, member)).ShouldBeTrue("not a browser");
        app.Header = ("Origin", "https://evil.example");
        (await enter(app, member)).ShouldBeFalse("a foreign page");
        app.Header = ("Origin", "https://www.example.com");
        (await enter(app, member)).ShouldBeTrue("a page of an allowed origin");
    }

    private static string Member(PlacesApp app, string audience) => app.Host.Minter.MintPerson(payload =>
        (payload["aud"], payload["custom"]) = (audience, new JsonObject { ["groups"] = new JsonArray(TestTeam.Group) }));
}
