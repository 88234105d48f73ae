using System.IdentityModel.Tokens.Jwt;
using System.Net;
using System.Text;

namespace CfAccess.Emulator.Tests.Endpoints;

public sealed class MintEndpointTests : EmulatedAppTests
{
    private const string Path = "/cdn-cgi/access/emulator/token";

    [Fact]
    public async Task A_script_that_knows_the_secret_gets_a_token_that_is_a_login()
    {
        var token = await TokenAsync("""{ "email": "alice@example.com" }""");

        new JwtSecurityTokenHandler().ReadJwtToken(token).Payload["email"].ShouldBe("alice@example.com");
        (await App.GetAsync("/guarded", ("Cookie", $"CF_Authorization={token}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Groups_make_somebody_up()
    {
        var token = await TokenAsync("""{ "email": "eve@example.com", "groups": [ "sales" ], "custom": { "level": 5 } }""");

        new JwtSecurityTokenHandler().ReadJwtToken(token).Payload["custom"].ToString().ShouldBe("""{"groups":["sales"],"level":5}""");
    }

    [Fact]
    public async Task Groups_in_custom_take_the_place_of_those_that_the_person_has()
    {
        var token = await TokenAsync("""{ "email": "alice@example.com", "custom": { "groups": [ "sales" ] } }""");

        new JwtSecurityTokenHandler().ReadJwtToken(token).Payload["custom"].ToString().ShouldBe("""{"groups":["sales"]}""");
    }

    [Fact]
    public async Task A_service_gets_its_token()
    {
        var token = await TokenAsync($$"""{ "client_id": "{{AccessEmulatorDefaults.ServiceTokenClientId}}" }""");

        new JwtSecurityTokenHandler().ReadJwtToken(token).Payload["common_name"].ShouldBe(AccessEmulatorDefaults.ServiceTokenClientId);
    }

    [Fact]
    public async Task A_wrong_token_is_no_login()
    {
        var token = await TokenAsync("""{ "wrong": "organization" }""");

        new JwtSecurityTokenHandler().ReadJwtToken(token).Payload["type"].ShouldBe("org");
        (await App.GetAsync("/guarded", ("Cookie", $"CF_Authorization={token}"))).StatusCode.ShouldBe(HttpStatusCode.Found);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic SECRET")]
    [InlineData("SECRET")]
    [InlineData("Bearer SECRET SECRET")]
    public async Task Without_the_secret_there_is_no_token(string? authorization)
    {
        var (status, text) = await PostAsync(
            """{ "email": "alice@example.com" }""",
            authorization?.Replace("SECRET", App.Emulator.MintSecret, StringComparison.Ordinal));

        status.ShouldBe(401);
        text.ShouldContain("which the emulator prints at start");
    }

    [Fact]
    public async Task The_secret_sent_twice_is_none()
    {
        var context = await App.Server.SendAsync(
            context =>
            {
                (context.Request.Method, context.Request.Path, context.Request.Host) = ("POST", Path, new("localhost"));
                var bearer = $"Bearer {App.Emulator.MintSecret}";
                context.Request.Headers.Authorization = new([bearer, bearer]);
            },
            TestContext.Current.CancellationToken);

        context.Response.StatusCode.ShouldBe(401);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{ "mail": "alice@example.com" }""")]
    [InlineData("""{ "email": 5 }""")]
    [InlineData("""{ "email": "alice@example.com", "email": "bob@example.com" }""")]
    [InlineData("""{ "email": "alice@example.com", "custom": { "a": 1, "a": 2 } }""")]
    [InlineData("""{ "email": "alice@example.com", "client_id": "x" }""")]
    [InlineData("""{ "email": "alice@example.com", "wrong": "Expired" }""")]
    [InlineData("""{ "client_id": "x", "groups": [] }""")]
    [InlineData("""{ "email": "alice@example.com", "custom": { "\ud800": 1 } }""")]
    [InlineData("""{ "email": "alice@example.com", "custom": { "a": [ "\ud800" ] } }""")]
    [InlineData("""{ "email": "\ud800" }""")]
    public async Task What_is_no_request_is_told_what_one_is(string body)
    {
        var (status, text) = await PostAsync(body);

        status.ShouldBe(400);
        text.ShouldStartWith("Send a JSON object such as");
    }

    [Theory]
    [InlineData("""{ "email": "eve@example.com" }""", "it knows alice@example.com, bob@example.com.")]
    [InlineData("""{ "email": "eve", "groups": [] }""", "Email has to be an e-mail address")]
    [InlineData("""{ "email": "eve@example.com", "groups": [ "a" ], "custom": { "groups": [] } }""", "both give the member groups")]
    [InlineData("""{ "email": "eve@example.com", "groups": [ null ] }""", "Groups has an empty name")]
    [InlineData("""{ "client_id": "x" }""", "it knows cfacce55")]
    [InlineData("""{ "wrong": "Wrong" }""", "wrong is one of OtherAudience")]
    [InlineData("""{ "wrong": "1" }""", "wrong is one of OtherAudience")]
    [InlineData("""{ "wrong": "Expired", "audience": "x" }""", "has no application with this AUD tag; it has cfacce55")]
    [InlineData("""{ "email": "alice@example.com", "audience": "x" }""", "has no application with this AUD tag; it has cfacce55")]
    public async Task Who_is_unknown_is_told_who_is_known(string body, string sentence)
    {
        var (status, text) = await PostAsync(body);

        status.ShouldBe(400);
        text.ShouldContain(sentence);
    }

    private async Task<string> TokenAsync(string body)
    {
        var (status, text) = await PostAsync(body);
        status.ShouldBe(200, text);
        return text.TrimEnd('\n');
    }

    private Task<(int Status, string Text)> PostAsync(string body) => PostAsync(body, $"bearer {App.Emulator.MintSecret}");

    private async Task<(int Status, string Text)> PostAsync(string body, string? authorization)
    {
        using var client = App.Server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_wrong_token_is_for_the_application_that_the_audience_names()
    {
        await using var app = await EmulatedApp.StartAsync(options => options.Applications =
        [
            new() { Name = "App" },
            new() { Name = "Reports", Paths = ["/reports"], Audience = "reports-tag" },
        ]);
        using var client = app.Server.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", app.Emulator.MintSecret);
        using var content = new StringContent("""{ "wrong": "Expired", "audience": "reports-tag" }""");

        using var response = await client.PostAsync(Path, content, TestContext.Current.CancellationToken);

        var token = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Trim();
        response.StatusCode.ShouldBe(HttpStatusCode.OK, token);
        new JwtSecurityTokenHandler().ReadJwtToken(token).Audiences.ShouldBe(["reports-tag"]);
    }
}
