using System.Text.Json.Nodes;
using CfAccess.AspNetCore.Tests.Authorization.Places;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>An attribute means the same in every place where the framework reads it, whatever else the application demands.</summary>
[Trait("attack", "31")]
public sealed class AttributePlacesTests
{
    private static readonly string[] Setups = ["plain", "default policy for people", "fallback policy for people"];

    public static TheoryData<string, string> PlacesAndSetups =>
        new(PlacesApp.All.Keys.SelectMany(place => Setups.Select(setup => (place, setup))));

    [Theory]
    [MemberData(nameof(PlacesAndSetups))]
    public async Task An_attribute_allows_only_callers_who_meet_its_own_requirement(string place, string setup)
    {
        await using var app = await PlacesApp.StartAsync(options => SetUp(options, setup));
        var minter = app.Host.Minter;
        var enter = PlacesApp.All[place];

        (await enter(app, minter.MintPerson(InGroup))).ShouldBeTrue("a person in the group");
        (await enter(app, minter.MintPerson())).ShouldBeFalse("a person who is not in the group");
        (await enter(app, minter.MintService())).ShouldBeFalse("a service");
        (await enter(app, null)).ShouldBeFalse("a caller without a token");
    }

    private static void SetUp(AuthorizationOptions options, string setup)
    {
        var people = new AuthorizationPolicyBuilder().RequireAccessUser().Build();
        options.DefaultPolicy = setup == "default policy for people" ? people : options.DefaultPolicy;
        options.FallbackPolicy = setup == "fallback policy for people" ? people : null;
    }

    private static void InGroup(JsonObject payload) => payload["custom"] = new JsonObject { ["groups"] = new JsonArray(TestTeam.Group) };
}
