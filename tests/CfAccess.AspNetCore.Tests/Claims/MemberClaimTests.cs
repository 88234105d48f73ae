using CfAccess.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace CfAccess.AspNetCore.Tests.Claims;

/// <summary>Each member of a token is claims, as it is written there.</summary>
public sealed class MemberClaimTests
{
    private const string Members =
        """
        "text":"Zo\u00eb \"x\"\n","escaped n\u0061me":"x","":"no name","whole":5,"long":5000000000,"negative":-7,"half":1.5,"yes":true,"no":false,
        "object":{"a": 1,"b":[1, "x"]},"empty":{},"list":[1,"two",true,{"x": 1},2.5],"none":[],"auth_time":1700000000
        """;

    [Fact]
    public async Task They_are_the_claims_that_JsonWebToken_reads()
    {
        await using var host = await AccessHost.StartAsync();
        var token = Mint(host, Members);

        var user = (await host.PrincipalAsync(token)).ShouldNotBeNull();

        user.Claims.Select(claim => (claim.Type, claim.Value))
            .ShouldBe(new JsonWebToken(token).Claims.Select(claim => (claim.Type, claim.Value)), ignoreOrder: true);
    }

    [Theory]
    [InlineData("\"x\"", "x string")]
    [InlineData("5", "5 integer64")]
    [InlineData("1.50", "1.50 double")]
    [InlineData("1e3", "1e3 double")]
    [InlineData("12345678901234567890123", "12345678901234567890123 double")]
    [InlineData("true", "true boolean")]
    [InlineData("{ }", "{ } JSON")]
    [InlineData("[[1, 2],null,\"x\"]", "[1, 2] JSON, x string")]
    [InlineData("null", "")]
    public async Task A_value_keeps_its_spelling_and_a_null_is_no_claim(string value, string claims)
    {
        await using var host = await AccessHost.StartAsync();

        var user = (await host.PrincipalAsync(Mint(host, $"\"x\":{value}"))).ShouldNotBeNull();

        string.Join(", ", user.FindAll("x").Select(claim => $"{claim.Value} {claim.ValueType.Split('#')[^1]}")).ShouldBe(claims);
    }

    [Theory]
    [InlineData("AUD")]
    [InlineData("Iss")]
    [InlineData("COUNTRY")]
    [InlineData("Custom")]
    [InlineData("eMail")]
    [InlineData("Common_Name")]
    [InlineData("suB")]
    [InlineData("Identity_nonce")]
    public async Task A_name_that_differs_from_a_usual_one_in_case_is_no_claim(string name)
    {
        await using var host = await AccessHost.StartAsync();

        var user = (await host.PrincipalAsync(Mint(host, $"\"{name}\":[\"look-alike\"]"))).ShouldNotBeNull();

        user.Claims.ShouldNotContain(claim => claim.Value == "look-alike");
    }

    private static string Mint(AccessHost host, string members) => host.Minter.Sign(
        host.Minter.Header().ToJsonString(), host.Minter.Person().ToJsonString()[..^1] + $",{members}}}");
}
