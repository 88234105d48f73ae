using System.Security.Claims;
using System.Text.Json.Nodes;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Claims;

public sealed class PrincipalTests
{
    [Fact]
    public async Task A_person_has_the_claims_of_the_token_under_their_own_names()
    {
        await using var host = await AccessHost.StartAsync();
        var user = (await host.PrincipalAsync(host.Minter.Mint(host.Minter.Person()))).ShouldNotBeNull();

        user.Identity!.Name.ShouldBe(TestTeam.Email);
        user.IsAccessUser().ShouldBeTrue();
        user.IsAccessServiceToken().ShouldBeFalse();
        user.GetAccessEmail().ShouldBe(TestTeam.Email);
        user.GetAccessSubject().ShouldBe(TestTeam.Subject);
        user.GetAccessIssuer().ShouldBe(TestTeam.Issuer);
        user.GetAccessAudiences().ShouldBe([TestTeam.Audience]);
        user.GetAccessExpiration().ShouldBe(TestClock.DefaultStart.AddHours(1));
        user.GetAccessServiceToken().ShouldBeNull();
        user.GetAccessGroups().ShouldBeEmpty();
        user.FindFirstValue("country").ShouldBe("US");
        user.Claims.Select(claim => claim.Issuer).Distinct().ShouldBe([TestTeam.Issuer]);
    }

    [Fact]
    public async Task A_service_token_has_a_name_and_no_subject()
    {
        await using var host = await AccessHost.StartAsync();
        var service = (await host.PrincipalAsync(host.Minter.Mint(host.Minter.Service()))).ShouldNotBeNull();

        service.Identity!.Name.ShouldBe(TestTeam.ClientId);
        service.IsAccessServiceToken().ShouldBeTrue();
        service.IsAccessUser().ShouldBeFalse();
        service.GetAccessServiceToken().ShouldBe(TestTeam.ClientId);
        service.GetAccessEmail().ShouldBeNull();
        service.GetAccessSubject().ShouldBeNull();
        service.HasClaim(claim => claim.Type == "sub").ShouldBeFalse();
    }

    [Fact]
    public async Task A_caller_that_is_neither_is_authenticated_and_nobody()
    {
        await using var host = await AccessHost.StartAsync();
        var caller = (await host.PrincipalAsync(host.Minter.MintService(payload => payload["sub"] = "device"))).ShouldNotBeNull();

        caller.IsAccessUser().ShouldBeFalse();
        caller.IsAccessServiceToken().ShouldBeFalse();
        caller.Identity!.Name.ShouldBeNull();
    }

    [Fact]
    public async Task An_audience_may_be_one_string_or_several()
    {
        await using var host = await AccessHost.StartAsync();
        var single = await host.PrincipalAsync(host.Minter.MintService(payload => payload["aud"] = TestTeam.Audience));
        var several = await host.PrincipalAsync(host.Minter.MintPerson(
            payload => payload["aud"] = new JsonArray(TestTeam.OtherAudience, TestTeam.Audience)));

        single.ShouldNotBeNull().GetAccessAudiences().ShouldBe([TestTeam.Audience]);
        several.ShouldNotBeNull().GetAccessAudiences().ShouldBe([TestTeam.OtherAudience, TestTeam.Audience]);
    }

    [Theory]
    [InlineData("""["platform","ops"]""", "platform,ops", "")]
    [InlineData("\"platform\"", "platform", "")]
    [InlineData("""[{"id":"1","name":"platform","email":"p@example.com"},{"id":"2","name":"ops"}]""", "platform,ops", "1,2")]
    [InlineData("""[{"id":"1"},{"name":"ops"},"x"]""", "ops,x", "1")]
    [InlineData("""[1,null,true,["nested"],{"name":7,"id":8},""]""", "", "")]
    [InlineData("null", "", "")]
    [InlineData("7", "", "")]
    [InlineData("{}", "", "")]
    public async Task The_named_member_of_custom_makes_groups(string groups, string names, string ids)
    {
        await using var host = await AccessHost.StartAsync(options => options.GroupsClaim = "groups");
        var token = host.Minter.MintPerson(payload => payload["custom"] = new JsonObject { ["groups"] = JsonNode.Parse(groups) });
        var user = (await host.PrincipalAsync(token)).ShouldNotBeNull();

        string.Join(",", user.GetAccessGroups()).ShouldBe(names);
        string.Join(",", user.FindAll("group_id").Select(claim => claim.Value)).ShouldBe(ids);
        names.Split(',', StringSplitOptions.RemoveEmptyEntries).ShouldAllBe(name => user.IsInRole(name));
    }

    [Theory]
    [InlineData("\"custom\"")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("null")]
    public async Task Custom_of_another_shape_makes_no_groups(string custom)
    {
        await using var host = await AccessHost.StartAsync(options => options.GroupsClaim = "groups");
        var user = await host.PrincipalAsync(host.Minter.MintPerson(payload => payload["custom"] = JsonNode.Parse(custom)));
        user.ShouldNotBeNull().GetAccessGroups().ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_becomes_a_role_unless_the_option_names_it()
    {
        await using var host = await AccessHost.StartAsync();
        var token = host.Minter.MintPerson(payload => payload["custom"] = new JsonObject { ["groups"] = new JsonArray("platform") });
        (await host.PrincipalAsync(token)).ShouldNotBeNull().IsInRole("platform").ShouldBeFalse();
    }

    [Fact]
    public async Task A_name_type_of_ones_own_gets_the_same_name()
    {
        await using var host = await AccessHost.StartAsync(options => options.NameClaimType = ClaimTypes.Name);
        var token = host.Minter.MintPerson(payload => payload[ClaimTypes.Name] = "mallory@example.com");
        var user = (await host.PrincipalAsync(token)).ShouldNotBeNull();

        user.Identity!.Name.ShouldBe(TestTeam.Email);
        user.FindAll(ClaimTypes.Name).Count().ShouldBe(1);
        user.GetAccessEmail().ShouldBe(TestTeam.Email);
    }

    [Fact]
    public void Another_schemes_identity_with_the_same_claims_is_nobody_to_us()
    {
        var user = new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim("email", TestTeam.Email), new Claim("type", "app"), new Claim("iss", TestTeam.Issuer)], "CloudflareAccess"));

        user.IsAccessUser().ShouldBeFalse();
        user.GetAccessEmail().ShouldBeNull();
        user.GetAccessIssuer().ShouldBeNull();
    }

    [Fact]
    public async Task A_cloned_principal_is_still_the_person()
    {
        await using var host = await AccessHost.StartAsync();
        var user = (await host.PrincipalAsync(host.Minter.MintPerson())).ShouldNotBeNull();
        var clone = new ClaimsPrincipal(((ClaimsIdentity)user.Identity!).Clone());

        clone.GetAccessEmail().ShouldBe(TestTeam.Email);
        clone.Identity!.Name.ShouldBe(TestTeam.Email);
    }

    [Fact]
    public async Task Each_request_has_a_principal_of_its_own()
    {
        await using var host = await AccessHost.StartAsync();
        var token = host.Minter.MintPerson();
        var first = (await host.PrincipalAsync(token)).ShouldNotBeNull();
        ((ClaimsIdentity)first.Identity!).AddClaim(new Claim("groups", "platform"));

        (await host.PrincipalAsync(token)).ShouldNotBeNull().IsInRole("platform").ShouldBeFalse();
    }

    [Fact]
    public async Task Claim_types_are_case_sensitive()
    {
        await using var host = await AccessHost.StartAsync();
        var user = (await host.PrincipalAsync(host.Minter.MintPerson(payload => payload["Groups"] = "platform"))).ShouldNotBeNull();

        user.FindFirst("EMAIL").ShouldBeNull();
        user.IsInRole("platform").ShouldBeFalse();
    }
}
