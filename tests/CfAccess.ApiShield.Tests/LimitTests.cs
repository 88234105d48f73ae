using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using CfAccess.ApiShield.Tests.Tokens;
using Microsoft.AspNetCore.Http;

namespace CfAccess.ApiShield.Tests;

/// <summary>A zone can have 32 token configurations with 16 keys each. The last of them works as the first does.</summary>
public sealed class LimitTests
{
    private const int Configurations = 32;
    private const int Keys = 16;

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(31)]
    public async Task A_rule_can_need_the_token_of_each_of_32_configurations(int needed)
    {
        await using var host = await ShieldHost.StartAsync(Many(needed));

        (await host.SendAsync()).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(token: Token(needed, Keys - 1))).ShouldBe((HttpStatusCode.OK, "account"));
        (await host.SendAsync(token: Token((needed + 1) % Configurations, 0))).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    [Fact]
    public async Task An_application_learns_the_verdicts_of_all_32_configurations()
    {
        await using var host = await ShieldHost.StartAsync(Many(needed: 31));
        var context = await host.ContextAsync(Token(31, 7));

        var verdicts = context.GetTokenValidation().ShouldNotBeNull().Verdicts;
        verdicts.Count.ShouldBe(Configurations);
        verdicts.Where(verdict => verdict.Value.IsValid).ShouldHaveSingleItem().Key.ShouldBe(Id(31));
    }

    private static string Token(int configuration, int key)
    {
        var kid = KeyId(configuration, key);
        return ShieldTokens.Mint(ShieldKey.Of("HS256", kid), header: header => header["kid"] = kid);
    }

    private static ShieldDocuments Many(int needed) => ShieldDocuments.With(documents =>
    {
        documents.Configurations.Clear();
        for (var number = 0; number < Configurations; number++)
        {
            documents.Configurations.Add((JsonNode)ShieldDocuments.Configuration(
                Id(number), [.. Enumerable.Range(0, Keys).Select(key => Jwk(KeyId(number, key)))]));
        }

        documents.Rules[0] = ShieldDocuments.Rule(expression: $"is_jwt_valid(\"{Id(needed)}\")");
    });

    private static JsonObject Jwk(string kid) => ShieldKey.Of("HS256", kid).JwkWith(jwk => jwk["kid"] = kid);

    private static string KeyId(int configuration, int key) => string.Create(CultureInfo.InvariantCulture, $"configuration {configuration} key {key}");

    private static string Id(int configuration) => string.Create(CultureInfo.InvariantCulture, $"00170473-ec24-410e-968a-9905cf0a{configuration:x4}");
}
