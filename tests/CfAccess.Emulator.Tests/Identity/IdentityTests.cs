using System.Net;
using System.Text.Json;

namespace CfAccess.Emulator.Tests.Identity;

public sealed class IdentityTests : EmulatedAppTests
{
    private const string Path = "/cdn-cgi/access/get-identity";

    [Fact]
    public async Task A_session_tells_the_persons_identity()
    {
        var app = App;
        var session = app.Emulator.LogIn("alice@example.com");

        var identity = await IdentityAsync(app, session.Token);

        identity.GetProperty("email").GetString().ShouldBe("alice@example.com");
        identity.GetProperty("name").GetString().ShouldBe("Alice Example");
        identity.GetProperty("groups")[0].GetProperty("name").GetString().ShouldBe("platform");
        Guid.TryParse(identity.GetProperty("groups")[0].GetProperty("id").GetString(), out _).ShouldBeTrue();
        identity.GetProperty("idp").GetProperty("type").GetString().ShouldNotBeNullOrEmpty();
        identity.GetProperty("geo").GetProperty("country").GetString().ShouldBe("US");
        identity.GetProperty("user_uuid").GetString().ShouldBe(
            new System.IdentityModel.Tokens.Jwt.JwtSecurityTokenHandler().ReadJwtToken(session.Token).Subject);
        identity.GetProperty("account_id").GetString().ShouldNotBeNull().ShouldMatch("^[0-9a-f]{32}$");
        identity.GetProperty("iat").GetInt64().ShouldBe(session.IssuedAt.ToUnixTimeSeconds());
        identity.GetProperty("ip").GetString().ShouldNotBeNullOrEmpty();
        identity.GetProperty("devicePosture").EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_services_identity_has_its_Client_ID_and_no_email()
    {
        var app = App;
        var session = app.Emulator.Sessions.Continue(app.Emulator.ServiceTokens[0], app.Emulator.CurrentKeyId);

        var identity = await IdentityAsync(app, session.Token);

        identity.GetProperty("common_name").GetString().ShouldBe(AccessEmulatorDefaults.ServiceTokenClientId);
        identity.GetProperty("service_token_status").GetBoolean().ShouldBeTrue();
        identity.GetProperty("service_token_id").GetString().ShouldNotBeNullOrEmpty();
        identity.TryGetProperty("email", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("a=1")]
    [InlineData("CF_Authorization=forged")]
    [InlineData("cf_authorization=forged")]
    public async Task Without_a_session_there_is_no_identity(string cookie)
    {
        var app = App;

        using var response = await app.GetAsync(Path, ("Cookie", cookie));

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("""{"err":"no app token set"}""");
    }

    private static async Task<JsonElement> IdentityAsync(EmulatedApp app, string token)
    {
        using var response = await app.GetAsync(Path, ("Cookie", $"CF_Authorization={token}"));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
