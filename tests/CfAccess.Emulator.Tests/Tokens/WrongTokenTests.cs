using System.IdentityModel.Tokens.Jwt;
using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Tests.Tokens;

/// <summary>Tokens that are wrong on purpose, sent to an app that has no edge before it.</summary>
public sealed class WrongTokenTests : IAsyncLifetime
{
    private EmulatedApp _app = null!;

    public async ValueTask InitializeAsync() => _app = await EmulatedApp.StartAsync(
        options => options.Edge = false,
        builder => builder.Services.AddCloudflareAccess(options => options.IncludeErrorDetails = true),
        app => app.MapGet("/me", (ClaimsPrincipal user) => $"{user.GetAccessEmail()}").RequireAuthorization());

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    public static TheoryData<AccessEmulatorWrongToken, string> Reasons => new()
    {
        { AccessEmulatorWrongToken.OtherAudience, "wrong_audience" },
        { AccessEmulatorWrongToken.OtherIssuer, "unknown_issuer" },
        { AccessEmulatorWrongToken.Expired, "expired" },
        { AccessEmulatorWrongToken.NotYetValid, "not_yet_valid" },
        { AccessEmulatorWrongToken.WithoutExpiration, "invalid_claims" },
        { AccessEmulatorWrongToken.Meta, "unknown_issuer" },
        { AccessEmulatorWrongToken.Organization, "wrong_type" },
        { AccessEmulatorWrongToken.WithoutSignature, "malformed" },
        { AccessEmulatorWrongToken.UnknownKey, "unknown_key" },
        { AccessEmulatorWrongToken.ForgedSignature, "bad_signature" },
    };

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task A_wrong_token_is_refused_for_what_is_wrong_with_it(AccessEmulatorWrongToken wrong, string reason)
    {
        using var response = await SendAsync(_app.Emulator.MintWrongToken(wrong));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        response.Headers.WwwAuthenticate.ToString().ShouldContain(reason);
    }

    [Fact]
    public void Every_wrong_token_has_its_reason_here() =>
        Reasons.Select(row => row.Data.Item1).ShouldBe(Enum.GetValues<AccessEmulatorWrongToken>(), ignoreOrder: true);

    [Fact]
    public void A_wrong_token_of_no_kind_is_none() =>
        Should.Throw<ArgumentOutOfRangeException>(() => _app.Emulator.MintWrongToken((AccessEmulatorWrongToken)99));

    [Fact]
    public async Task A_draft_that_nobody_changes_is_good()
    {
        (await SendAsync(_app.Emulator.MintPersonToken("alice@example.com", _ => { }))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(_app.Emulator.MintServiceToken(AccessEmulatorDefaults.ServiceTokenClientId, _ => { })))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(_app.Emulator.MintPersonToken("alice@example.com", token => token.SigningKey = AccessEmulatorSigningKey.Previous)))
            .StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public void A_draft_is_signed_as_it_stands()
    {
        var text = _app.Emulator.MintPersonToken("alice@example.com", token =>
        {
            token.Header["alg"] = "HS256";
            token.Header["x5u"] = "https://evil.example";
            token.Payload["email"] = 5;
            token.Payload["aud"] = new JsonArray("a", "b");
        });

        var token = new JwtSecurityTokenHandler().ReadJwtToken(text);
        token.Header.Alg.ShouldBe("HS256");
        token.Header["x5u"].ShouldBe("https://evil.example");
        token.Header.Kid.ShouldBe(_app.Emulator.CurrentKeyId);
        token.Audiences.ShouldBe(["a", "b"]);
        token.Payload["email"].ShouldBe(5);
        token.RawSignature.Length.ShouldBe(342);
    }

    private async Task<HttpResponseMessage> SendAsync(string token) => await _app.GetAsync("/me", ("Cf-Access-Jwt-Assertion", token));
}
