using System.IdentityModel.Tokens.Jwt;
using System.Text.Json;
using CfAccess.Emulator.Keys;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.Emulator.Tests.Tokens;

/// <summary>The tokens, read and verified by another implementation than the one that makes them.</summary>
public sealed class TokenTests : EmulatorTests
{
    [Fact]
    public void A_persons_token_has_the_documented_members()
    {
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();

        var payload = PayloadOf(Verified(Emulator.MintPersonToken("alice@example.com")));

        payload.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["aud", "email", "exp", "iat", "nbf", "iss", "type", "identity_nonce", "sub", "country", "custom"]);
        payload.GetProperty("aud").EnumerateArray().Select(tag => tag.GetString()).ShouldBe([AccessEmulatorDefaults.Audience]);
        payload.GetProperty("email").GetString().ShouldBe("alice@example.com");
        payload.GetProperty("iat").GetInt64().ShouldBe(now);
        payload.GetProperty("nbf").GetInt64().ShouldBe(now);
        payload.GetProperty("exp").GetInt64().ShouldBe(now + (24 * 3600));
        payload.GetProperty("iss").GetString().ShouldBe(AccessEmulatorDefaults.Issuer);
        payload.GetProperty("type").GetString().ShouldBe("app");
        Guid.TryParse(payload.GetProperty("sub").GetString(), out _).ShouldBeTrue();
        payload.GetProperty("custom").GetProperty("groups").EnumerateArray().Select(group => group.GetString()).ShouldBe(["platform"]);
    }

    [Fact]
    public void A_person_in_no_group_has_no_custom_claims() =>
        PayloadOf(Verified(Emulator.MintPersonToken("bob@example.com"))).TryGetProperty("custom", out _).ShouldBeFalse();

    [Fact]
    public void A_services_token_has_the_documented_members_and_no_others()
    {
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();

        var payload = PayloadOf(Verified(Emulator.MintServiceToken(AccessEmulatorDefaults.ServiceTokenClientId)));

        payload.EnumerateObject().Select(member => member.Name).ShouldBe(["type", "aud", "exp", "iss", "common_name", "iat", "sub"]);
        payload.GetProperty("common_name").GetString().ShouldBe(AccessEmulatorDefaults.ServiceTokenClientId);
        payload.GetProperty("sub").GetString().ShouldBe(string.Empty);
        payload.GetProperty("exp").GetInt64().ShouldBe(now + (24 * 3600));
    }

    [Fact]
    public void The_header_names_algorithm_key_and_type()
    {
        var header = Verified(Emulator.MintPersonToken("bob@example.com")).Header;

        header.Keys.Order().ShouldBe(["alg", "kid", "typ"]);
        (header.Alg, header.Kid, header.Typ).ShouldBe(("RS256", Emulator.CurrentKeyId, "JWT"));
    }

    [Fact]
    public void A_person_keeps_the_same_subject_over_logins_and_starts()
    {
        using var restarted = new AccessEmulator(new(), Clock);

        var subjects = new[] { Emulator, Emulator, restarted }
            .Select(emulator => new JwtSecurityTokenHandler().ReadJwtToken(emulator.LogIn("alice@example.com").Token).Subject);

        subjects.Distinct().Count().ShouldBe(1);
        Subject("bob@example.com").ShouldNotBe(Subject("alice@example.com"));
    }

    [Fact]
    public void Nobody_unknown_gets_a_token()
    {
        Should.Throw<ArgumentException>(() => Emulator.MintPersonToken("eve@example.com"));
        Should.Throw<ArgumentException>(() => Emulator.LogIn("eve@example.com"));
        Should.Throw<ArgumentException>(() => Emulator.MintServiceToken("nobody.access"));
    }

    [Fact]
    public void A_default_service_token_has_another_secret_at_each_start()
    {
        using var restarted = new AccessEmulator(new());

        Emulator.ServiceTokens[0].ClientSecret.ShouldNotBeNull().ShouldMatch("^[0-9a-f]{64}$");
        Emulator.ServiceTokens[0].ClientSecret.ShouldNotBe(restarted.ServiceTokens[0].ClientSecret);
    }

    private string Subject(string email) => Verified(Emulator.MintPersonToken(email)).Subject;

    private JwtSecurityToken Verified(string token)
    {
        var key = new JsonWebKeySet(KeySetDocument.Write(Emulator.Keys.Published)).Keys.Single(one => one.Kid == Emulator.CurrentKeyId);
        var parameters = new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = ["RS256"],
            ValidIssuer = Emulator.Issuer,
            ValidAudience = AccessEmulatorDefaults.Audience,
            ValidateLifetime = false,
        };
        new JwtSecurityTokenHandler().ValidateToken(token, parameters, out var validated);
        return (JwtSecurityToken)validated;
    }

    private static JsonElement PayloadOf(JwtSecurityToken token) => JsonSerializer.Deserialize<JsonElement>(Base64UrlEncoder.Decode(token.RawPayload));
}
