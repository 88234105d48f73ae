using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore;
using CfAccess.Testing;

namespace CfAccess.JwtBearer.Tests;

/// <summary>Our rules hold for plain JwtBearer.</summary>
public sealed class BearerRulesTests
{
    [Fact]
    public async Task A_person_and_a_service_are_let_in_under_their_names()
    {
        await using var host = await BearerHost.StartAsync();

        (await host.GetAsync(host.Minter.Mint(host.Minter.Person()))).ShouldBe((HttpStatusCode.OK, TestTeam.Email));
        (await host.GetAsync(host.Minter.Mint(host.Minter.Service()))).ShouldBe((HttpStatusCode.OK, TestTeam.ClientId));
    }

    [Theory]
    [InlineData("org")]
    [InlineData("meta")]
    [InlineData("match")]
    [InlineData("App")]
    [InlineData(null)]
    public async Task Only_application_tokens_count(string? type)
    {
        await using var host = await BearerHost.StartAsync();
        var token = host.Minter.MintPerson(payload => payload["type"] = type);

        await host.ShouldRefuseAsync(token, type is null ? AccessFailureReason.InvalidClaims : AccessFailureReason.WrongType);
        host.Endpoint.Count.ShouldBe(0);
    }

    /// <summary>Anyone can get such a token, signed by the account, with the application's tag in it.</summary>
    [Fact]
    public async Task The_meta_token_of_a_login_redirect_is_refused()
    {
        await using var host = await BearerHost.StartAsync();
        var now = host.Clock.GetUtcNow().ToUnixTimeSeconds();
        JsonObject payload = new() { ["type"] = "meta", ["aud"] = TestTeam.Audience, ["iat"] = now, ["exp"] = now + 300 };

        await host.ShouldRefuseAsync(host.Minter.Sign(payload), AccessFailureReason.UnknownIssuer);
    }

    [Fact]
    public async Task Ps256_by_the_right_key_is_refused()
    {
        await using var host = await BearerHost.StartAsync();
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        var token = Sign(host, "PS256", content => host.Minter.Key.Rsa.SignData(content, HashAlgorithmName.SHA256, RSASignaturePadding.Pss));

        await host.ShouldRefuseAsync(token, AccessFailureReason.UnsupportedAlgorithm);
    }

    [Fact]
    public async Task Hs256_with_the_public_key_is_refused()
    {
        await using var host = await BearerHost.StartAsync();
        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        byte[][] secrets =
        [
            Encoding.ASCII.GetBytes(host.Minter.Key.Rsa.ExportSubjectPublicKeyInfoPem()),
            host.Minter.Key.Rsa.ExportSubjectPublicKeyInfo(),
            host.Minter.Key.Rsa.ExportParameters(includePrivateParameters: false).Modulus!,
        ];

        foreach (var secret in secrets)
        {
            var token = Sign(host, "HS256", content => HMACSHA256.HashData(secret, content));
            await host.ShouldRefuseAsync(token, AccessFailureReason.UnsupportedAlgorithm);
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    public async Task An_unsigned_token_is_refused(string algorithm)
    {
        await using var host = await BearerHost.StartAsync();

        (await host.GetAsync(Sign(host, algorithm, _ => []))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.GetAsync(Sign(host, algorithm, _ => new byte[3]))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        host.Endpoint.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Each_rule_has_its_reason()
    {
        await using var host = await BearerHost.StartAsync();
        var now = host.Clock.GetUtcNow().ToUnixTimeSeconds();
        (string Token, AccessFailureReason Reason)[] cases =
        [
            (host.Minter.MintPerson(payload => payload["aud"] = TestTeam.OtherAudience), AccessFailureReason.WrongAudience),
            (host.Minter.MintPerson(payload => payload["aud"] = TestTeam.Audience + "/"), AccessFailureReason.WrongAudience),
            (host.Minter.MintPerson(payload => payload["iss"] = TestTeam.Issuer + "/"), AccessFailureReason.UnknownIssuer),
            (host.Minter.MintPerson(payload => payload["exp"] = now - 60), AccessFailureReason.Expired),
            (host.Minter.MintPerson(payload => payload["nbf"] = now + 61), AccessFailureReason.NotYetValid),
            (host.Minter.MintPerson(payload => payload["iat"] = now + 61), AccessFailureReason.IssuedInFuture),
            (host.Minter.MintPerson(payload => payload.Remove("exp")), AccessFailureReason.InvalidClaims),
            (host.Minter.MintPerson(payload => payload["exp"] = "9999999999"), AccessFailureReason.InvalidClaims),
            (host.Minter.Sign(host.Minter.Person(), header => header["crit"] = new JsonArray("exp")), AccessFailureReason.UnsupportedHeader),
            (host.Minter.Sign(host.Minter.Person(), header => header["x5t"] = host.Minter.Key.Kid), AccessFailureReason.UnsupportedHeader),
            (host.Minter.Sign(host.Minter.Person(), header => header.Remove("kid")), AccessFailureReason.Malformed),
            (host.Minter.Sign(host.Minter.Header().ToJsonString(), """{"exp":9999999999,"exp":9999999999}"""), AccessFailureReason.Malformed),
            (host.Minter.MintPerson(payload => payload["x"] = new string('a', 16_000)), AccessFailureReason.TooLong),
        ];

        foreach (var (token, reason) in cases)
        {
            await host.ShouldRefuseAsync(token, reason);
        }

        host.Endpoint.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Another_signature_and_another_payload_are_refused()
    {
        await using var host = await BearerHost.StartAsync();
        var good = host.Minter.MintPerson();
        var forged = new TokenMinter(host.Clock, TestKey.Get("stranger")).Sign(host.Minter.Person(), header => header["kid"] = host.Minter.Key.Kid);
        var other = host.Minter.MintPerson(payload => payload["email"] = "mallory@example.com");
        var swapped = $"{good.Split('.')[0]}.{other.Split('.')[1]}.{good.Split('.')[2]}";

        (await host.GetAsync(good)).Status.ShouldBe(HttpStatusCode.OK);
        (await host.GetAsync(forged)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.GetAsync(swapped)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        host.Endpoint.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("a.b.c")]
    [InlineData("....")]
    [InlineData("e30.e30.AA")]
    [InlineData("eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Garbage_is_refused_and_causes_no_fetch(string token)
    {
        await using var host = await BearerHost.StartAsync();

        (await host.GetAsync(token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        host.Endpoint.Count.ShouldBe(0);
    }

    [Fact]
    public async Task The_lifetime_is_that_of_the_scheme_to_the_second()
    {
        await using var host = await BearerHost.StartAsync(options => options.ClockSkew = TimeSpan.FromSeconds(5));
        var token = host.Minter.MintPerson();
        host.Clock.Advance(TimeSpan.FromSeconds(3604));
        (await host.GetAsync(token)).Status.ShouldBe(HttpStatusCode.OK);
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        await host.ShouldRefuseAsync(token, AccessFailureReason.Expired);
    }

    [Fact]
    public async Task With_several_teams_each_has_its_own_audiences_and_keys()
    {
        await using var host = await BearerHost.StartAsync(options =>
        {
            (options.TeamDomain, options.Audiences) = (null, []);
            options.Teams =
            [
                new() { TeamDomain = "acme", Audiences = [TestTeam.Audience] },
                new() { TeamDomain = "partner", Audiences = [TestTeam.PartnerAudience] },
            ];
        });
        var partner = new TokenMinter(host.Clock, TestKey.Get("partner"));
        host.Endpoint.PublishAt(TestTeam.PartnerCertsUrl, partner.Key);

        (await host.GetAsync(host.Minter.MintPerson())).Status.ShouldBe(HttpStatusCode.OK);
        (await host.GetAsync(Partner(partner, TestTeam.PartnerAudience))).Status.ShouldBe(HttpStatusCode.OK);
        await host.ShouldRefuseAsync(Partner(partner, TestTeam.Audience), AccessFailureReason.WrongAudience);

        // The partner's key under our team's name, and the other way round.
        (await host.GetAsync(partner.MintPerson())).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.GetAsync(Partner(host.Minter, TestTeam.PartnerAudience))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("groups")]
    [InlineData("role")]
    [InlineData("roles")]
    [InlineData("http://schemas.microsoft.com/ws/2008/06/identity/claims/role")]
    public async Task No_member_of_a_token_becomes_a_role(string member)
    {
        await using var host = await BearerHost.StartAsync();
        var token = host.Minter.MintPerson(payload => payload[member] = new JsonArray("platform"));

        (await host.GetAsync(token)).Status.ShouldBe(HttpStatusCode.OK);
        (await host.GetAsync(token, "/platform")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    private static string Sign(BearerHost host, string algorithm, Func<byte[], byte[]> sign)
    {
        var header = host.Minter.Header();
        header["alg"] = algorithm;
        return TokenMinter.Sign(header.ToJsonString(), host.Minter.Person().ToJsonString(), sign);
    }

    private static string Partner(TokenMinter minter, string audience) =>
        minter.MintPerson(payload => (payload["iss"], payload["aud"]) = (TestTeam.PartnerIssuer, audience));
}
