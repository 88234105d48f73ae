using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CfAccess.Testing;

namespace CfAccess.AspNetCore.Tests.Identity;

/// <summary>What an administrator added to the token: readable, typed and flat, and never a role by itself.</summary>
public sealed partial class CustomClaimTests
{
    private const string Custom =
        """{"department":"Accounts","level":5,"share":1.50,"manager":true,"regions":["north","south",3],"manager_of":{"name":"Bob"},"nothing":null,"nested":[["a"],{"b":1}]}""";

    [Fact]
    public async Task Each_value_is_a_claim_and_each_element_of_an_array_one()
    {
        var user = await UserAsync(Custom);

        user.FindAll(claim => claim.Type.StartsWith("custom:", StringComparison.Ordinal))
            .Select(claim => $"{claim.Type[7..]}={claim.Value} {claim.ValueType.Split('#')[^1]}")
            .ShouldBe(
            [
                "department=Accounts string", "level=5 integer64", "share=1.50 double", "manager=true boolean", "regions=north string",
                "regions=south string", "regions=3 integer64", "manager_of={\"name\":\"Bob\"} JSON", "nested=[\"a\"] JSON", "nested={\"b\":1} JSON",
            ]);
        user.Claims.ShouldAllBe(claim => claim.Issuer == TestTeam.Issuer);
        user.GetAccessGroups().ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_value_is_read_as_what_it_is()
    {
        var user = await UserAsync(Custom);

        user.GetAccessCustomClaim("department", Json.Default.String).ShouldBe("Accounts");
        user.GetAccessCustomClaim("level", Json.Default.Int32).ShouldBe(5);
        user.GetAccessCustomClaim("manager", Json.Default.NullableBoolean).ShouldBe(true);
        user.GetAccessCustomClaim("manager_of", Json.Default.Person).ShouldBe(new Person("Bob"));
        user.GetAccessCustomClaim("regions", Json.Default.JsonArray).ShouldNotBeNull().Count.ShouldBe(3);
    }

    [Fact]
    public async Task What_is_missing_or_another_shape_or_nobodys_is_nothing()
    {
        var user = await UserAsync(Custom);

        user.GetAccessCustomClaim("absent", Json.Default.String).ShouldBeNull();
        user.GetAccessCustomClaim("Department", Json.Default.String).ShouldBeNull();
        user.GetAccessCustomClaim("nothing", Json.Default.NullableBoolean).ShouldBeNull();
        user.GetAccessCustomClaim("level", Json.Default.String).ShouldBeNull();
        user.GetAccessCustomClaim("department", Json.Default.NullableBoolean).ShouldBeNull();
        user.GetAccessCustomClaim("department", Json.Default.Person).ShouldBeNull();
        new ClaimsPrincipal(new ClaimsIdentity([new Claim("custom", Custom)], "Other"))
            .GetAccessCustomClaim("department", Json.Default.String).ShouldBeNull();
        Should.Throw<ArgumentException>(() => user.GetAccessCustomClaim(string.Empty, Json.Default.String));
        Should.Throw<ArgumentNullException>(() => user.GetAccessCustomClaim<string>("department", null!));
    }

    [Theory]
    [InlineData("\"Finance-Team\"")]
    [InlineData("[]")]
    [InlineData("""[{"groups":["Finance-Team"],"department":"Accounts"}]""")]
    [InlineData("""["groups","Finance-Team"]""")]
    [InlineData("7")]
    [InlineData("true")]
    [InlineData("""{"department":"Sales","department":"Accounts","groups":["Finance-Team"]}""")]
    [InlineData("""{"groups":[],"groups":["Finance-Team"],"department":"Accounts"}""")]
    public async Task Custom_of_another_shape_makes_nothing_and_is_told_once(string custom)
    {
        await using var host = await AccessHost.StartAsync(options => options.GroupsClaim = "groups");
        for (var token = 0; token < 3; token++)
        {
            var user = (await host.PrincipalAsync(Mint(host, custom, $"{token}@example.com"))).ShouldNotBeNull();
            user.GetAccessGroups().ShouldBeEmpty();
            user.GetAccessCustomClaim("department", Json.Default.String).ShouldBeNull();
            user.Claims.ShouldNotContain(claim => claim.Type.StartsWith("custom", StringComparison.Ordinal));
        }

        host.Warned().ShouldHaveSingleItem().Message.ShouldStartWith($"Passed over custom claims of people of {TestTeam.Issuer}");
        host.Log.Entries.ShouldNotContain(entry => entry.Message.Contains("Finance", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"groups":7}""", "", 1)]
    [InlineData("""{"groups":{}}""", "", 1)]
    [InlineData("""{"groups":["a",1]}""", "a", 1)]
    [InlineData("""{"groups":[["a"]]}""", "", 1)]
    [InlineData("""{"groups":null}""", "", 0)]
    [InlineData("""{"groups":[]}""", "", 0)]
    [InlineData("""{"Groups":["a"]}""", "", 0)]
    [InlineData("{}", "", 0)]
    [InlineData("null", "", 0)]
    public async Task Groups_of_another_shape_are_none_and_are_told_once(string custom, string groups, int warnings)
    {
        await using var host = await AccessHost.StartAsync(options => options.GroupsClaim = "groups");
        for (var token = 0; token < 3; token++)
        {
            var user = (await host.PrincipalAsync(Mint(host, custom, $"{token}@example.com"))).ShouldNotBeNull();
            string.Join(',', user.GetAccessGroups()).ShouldBe(groups);
        }

        host.Warned().Count.ShouldBe(warnings);
        host.Identities.Count.ShouldBe(0);
    }

    [Fact]
    public async Task A_member_beside_custom_does_not_pass_for_one_in_it()
    {
        await using var host = await AccessHost.StartAsync();
        var user = (await host.PrincipalAsync(host.Minter.MintPerson(payload =>
        {
            payload["custom:department"] = "Board";
            payload["custom"] = new JsonObject { ["department"] = "Accounts" };
        }))).ShouldNotBeNull();

        user.FindAll("custom:department").Select(claim => claim.Value).ShouldBe(["Accounts"]);
    }

    [Fact]
    public async Task A_member_of_custom_cannot_be_a_claim_of_another_type()
    {
        var user = await UserAsync("""{"email":"bob@example.com","groups":["a"],"group_id":"1","http://schemas.microsoft.com/ws/2008/06/identity/claims/role":"a","":"x"}""");

        user.GetAccessEmail().ShouldBe(TestTeam.Email);
        user.IsInRole("a").ShouldBeFalse();
        user.FindFirst("group_id").ShouldBeNull();
        user.FindFirst(ClaimTypes.Role).ShouldBeNull();
        user.FindFirstValue("custom:").ShouldBe("x");
    }

    [Fact]
    public async Task A_cached_token_has_the_same_custom_claims()
    {
        await using var host = await AccessHost.StartAsync();
        var token = Mint(host, Custom, TestTeam.Email);
        var first = (await host.PrincipalAsync(token)).ShouldNotBeNull();
        var second = (await host.PrincipalAsync(token)).ShouldNotBeNull();

        second.Claims.Select(claim => claim.ToString()).ShouldBe(first.Claims.Select(claim => claim.ToString()));
    }

    private static async Task<ClaimsPrincipal> UserAsync(string custom)
    {
        await using var host = await AccessHost.StartAsync();
        var token = Mint(host, custom, TestTeam.Email);
        (await host.StatusAsync(token)).ShouldBe(HttpStatusCode.OK);
        return (await host.PrincipalAsync(token)).ShouldNotBeNull();
    }

    /// <summary>Byte by byte, since a JSON object of .NET has no member twice.</summary>
    private static string Mint(AccessHost host, string custom, string email) => host.Minter.Sign(
        host.Minter.Header().ToJsonString(),
        host.Minter.Person(email).ToJsonString()[..^1] + $$""","custom":{{custom}}}""");

    internal sealed record Person([property: JsonPropertyName("name")] string Name);

    [JsonSerializable(typeof(string))]
    [JsonSerializable(typeof(int))]
    [JsonSerializable(typeof(bool?))]
    [JsonSerializable(typeof(Person))]
    [JsonSerializable(typeof(JsonArray))]
    internal sealed partial class Json : JsonSerializerContext;
}
