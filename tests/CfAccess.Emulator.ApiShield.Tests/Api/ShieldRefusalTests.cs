using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CfAccess.Emulator.ApiShield.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CfAccess.Emulator.ApiShield.Tests.Api;

/// <summary>Whatever a client sends has an answer in the envelope, and changes nothing.</summary>
public sealed class ShieldRefusalTests(SharedShieldApp shared) : IClassFixture<SharedShieldApp>, IAsyncLifetime
{
    private readonly ShieldApp _app = shared.Begin();
    private string _rule = null!;
    private string _before = null!;

    public async ValueTask InitializeAsync()
    {
        (_, _rule) = await _app.ProtectAsync();
        _before = await _app.Zone.AllAsync();
    }

    public async ValueTask DisposeAsync() => (await _app.Zone.AllAsync()).ShouldBe(_before, "nothing was changed");

    [Fact]
    public async Task A_defect_of_the_emulator_is_told_in_the_envelope_too()
    {
        using var emulator = new AccessEmulator(timeProvider: _app.Clock);
        var api = new ShieldApi(emulator, new(file: null));
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Request = { Method = "GET", Host = new("localhost") }, Response = { Body = body } };
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.RequestServices = _app.Server.Services;
        context.Request.Headers.Authorization = "Bearer " + emulator.MintSecret;

        // A server that reads queries in a way that nobody has thought of.
        context.Features.Set<IQueryFeature>(new BrokenQuery());
        await api.AnswerAsync(context, $"/zones/{new string('a', 32)}/token_validation/rules");

        var answer = JsonNode.Parse(body.ToArray())!;
        context.Response.StatusCode.ShouldBe(500);
        ((bool)answer["success"]!).ShouldBeFalse();
        ((int)answer["errors"]![0]!["code"]!).ShouldBe(990011);
        answer.ToJsonString().ShouldNotContain("secret");
    }

    [Fact]
    public async Task Without_the_secret_nothing_is_told_and_nothing_done()
    {
        using var client = _app.Server.CreateClient();
        foreach (var secret in new[] { "", "x", _app.Emulator.MintSecret + "x", _app.Emulator.MintSecret[1..] })
        {
            var stranger = new ShieldZone(client, secret);
            (await stranger.GetAsync("token_validation/rules")).Bad(HttpStatusCode.Unauthorized).Text.ShouldContain("Authentication error");
            (await stranger.DeleteAsync($"token_validation/rules/{_rule}")).Bad(HttpStatusCode.Unauthorized);
            (await stranger.GetAsync("nothing")).Bad(HttpStatusCode.Unauthorized);
        }

        (await _app.Zone.SendAsync("GET", "token_validation/rules", change: request => request.Headers.Remove("Authorization"))).Bad(HttpStatusCode.Unauthorized);
        (await _app.Zone.SendAsync("GET", "token_validation/rules", change: request => request.Headers.TryAddWithoutValidation("Authorization", "Bearer x")))
            .Bad(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_secret_can_come_as_Cloudflares_older_key_too() =>
        (await _app.Zone.SendAsync("GET", "token_validation/rules", change: request =>
        {
            request.Headers.Remove("Authorization");
            request.Headers.Add("X-Auth-Email", "user@example.com");
            request.Headers.Add("X-Auth-Key", _app.Emulator.MintSecret);
        })).Good();

    [Fact]
    public async Task It_answers_this_machine_only_even_with_the_secret()
    {
        foreach (var change in new Action<HttpContext>[]
        {
            context => context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7"),
            context => context.Request.Headers["Cf-Ray"] = "x",
            context => context.Request.Headers["X-Forwarded-For"] = "192.0.2.7",
            context => context.Request.Host = new("evil.example"),
        })
        {
            var context = await _app.Server.SendAsync(
                context =>
                {
                    (context.Request.Method, context.Request.Host) = ("DELETE", new("localhost"));
                    context.Request.Path = $"{ShieldZone.Root}token_validation/rules/{_rule}";
                    context.Request.Headers.Authorization = "Bearer " + _app.Emulator.MintSecret;
                    change(context);
                },
                TestContext.Current.CancellationToken);

            using var reader = new StreamReader(context.Response.Body);
            var text = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            new ShieldReply((HttpStatusCode)context.Response.StatusCode, JsonNode.Parse(text)!.AsObject(), text).Bad(HttpStatusCode.Forbidden);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("token_validation")]
    [InlineData("token_validation/")]
    [InlineData("token_validation/rules/")]
    [InlineData("token_validation/rules/x")]
    [InlineData("token_validation/Rules")]
    [InlineData("token_validation/config/x/credentials")]
    [InlineData("token_validation/config/51231d16-01f1-48e3-93f8-91c99e81288e/keys")]
    [InlineData("token_validation/51231d16-01f1-48e3-93f8-91c99e81288e")]
    [InlineData("api_gateway/operations/x")]
    [InlineData("api_gateway/schemas")]
    [InlineData("dns_records")]
    public async Task What_is_no_route_is_told_so_with_Cloudflares_code(string path) =>
        (await _app.Zone.GetAsync(path)).Bad(HttpStatusCode.NotFound).Errors.ShouldHaveSingleItem()!["code"]!.GetValue<int>().ShouldBe(7003);

    [Theory]
    [InlineData("zones/x/token_validation/rules")]
    [InlineData("zones/023e105f4ecef8ad9ca31a8372d0c35/token_validation/rules")]
    [InlineData("zones/023e105f4ecef8ad9ca31a8372d0c3533/token_validation/rules")]
    [InlineData("zones/023e105f4ecef8ad9ca31a8372d0c35g/token_validation/rules")]
    [InlineData("accounts/023e105f4ecef8ad9ca31a8372d0c353/token_validation/rules")]
    public async Task A_zone_has_32_hex_digits(string path)
    {
        using var client = _app.Server.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _app.Emulator.MintSecret);
        using var response = await client.GetAsync("/client/v4/" + path, TestContext.Current.CancellationToken);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"code\":7003");
    }

    [Theory]
    [InlineData("DELETE", "token_validation/rules")]
    [InlineData("PUT", "token_validation/rules")]
    [InlineData("PATCH", "token_validation/rules")]
    [InlineData("GET", "token_validation/rules/preview")]
    [InlineData("POST", "token_validation/config/51231d16-01f1-48e3-93f8-91c99e81288e/credentials")]
    [InlineData("GET", "token_validation/evaluate")]
    [InlineData("OPTIONS", "token_validation/rules")]
    [InlineData("PATCH", "api_gateway/operations")]
    public async Task Another_method_is_refused(string method, string path) =>
        (await _app.Zone.SendAsync(method, path, "[]")).Bad(HttpStatusCode.MethodNotAllowed);

    [Theory]
    [InlineData("token_validation/config", HttpStatusCode.OK)]
    [InlineData("token_validation/rules?per_page=5", HttpStatusCode.OK)]
    [InlineData("token_validation/rules/<rule>", HttpStatusCode.OK)]
    [InlineData("api_gateway/operations", HttpStatusCode.OK)]
    [InlineData("token_validation/rules?surprise=1", HttpStatusCode.BadRequest)]
    [InlineData("token_validation/rules/51231d16-01f1-48e3-93f8-91c99e81288e", HttpStatusCode.NotFound)]
    [InlineData("token_validation/evaluate", HttpStatusCode.MethodNotAllowed)]
    public async Task HEAD_has_the_status_and_headers_of_GET_and_no_body(string path, HttpStatusCode status)
    {
        using var client = _app.Server.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _app.Emulator.MintSecret);
        var url = ShieldZone.Root + path.Replace("<rule>", _rule, StringComparison.Ordinal);
        using var get = await client.GetAsync(url, TestContext.Current.CancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Head, url);

        using var head = await client.SendAsync(request, TestContext.Current.CancellationToken);

        (head.StatusCode, get.StatusCode).ShouldBe((status, status));
        head.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        head.Content.Headers.ContentLength.ShouldBe(get.Content.Headers.ContentLength);
        (await head.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_response_to_another_method_lists_HEAD_where_GET_works()
    {
        using var client = _app.Server.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", _app.Emulator.MintSecret);

        using var response = await client.PutAsync(ShieldZone.Root + "token_validation/rules", content: null, TestContext.Current.CancellationToken);

        response.Content.Headers.Allow.ShouldBe(["GET", "HEAD", "POST"]);
    }

    public static TheoryData<string, string> Routes => new()
    {
        { "POST", "token_validation/config" },
        { "POST", "token_validation/rules" },
        { "POST", "token_validation/rules/bulk" },
        { "PATCH", "token_validation/rules/bulk" },
        { "PUT", "token_validation/rules/preview" },
        { "POST", "token_validation/evaluate" },
        { "POST", "api_gateway/operations" },
        { "POST", "api_gateway/operations/item" },
        { "DELETE", "api_gateway/operations" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task What_is_no_JSON_or_not_told_to_be_is_refused_everywhere(string method, string path)
    {
        string[] broken = ["", "{", "[", "{]", "{\"a\":1,}", "nul", "\"\\ud800\"", "{\"\\ud800\":1}", "1 2", new string('[', 40) + new string(']', 40)];
        foreach (var body in broken)
        {
            (await _app.Zone.SendAsync(method, path, body)).Bad().Pointers.ShouldBe([""], body);
        }

        foreach (var body in new[] { "7", "null", "\"x\"", "true", "[7]", "[null]", "[[]]", "{\"x\":{}}" })
        {
            var reply = await _app.Zone.SendAsync(method, path, body);
            _ = path.EndsWith("preview", StringComparison.Ordinal) && body[0] == '{' ? reply.Good() : reply.Bad();
        }

        foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "json", "" })
        {
            (await _app.Zone.SendAsync(method, path, "{}", type)).Bad(HttpStatusCode.UnsupportedMediaType);
        }
    }

    [Fact]
    public async Task What_is_no_UTF_8_or_too_long_is_refused()
    {
        (await SendBytesAsync([(byte)'"', 0xff, (byte)'"'])).Bad();
        (await SendBytesAsync(Encoding.UTF8.GetBytes($"\"{new string('x', 1024 * 1024)}\""))).Bad(HttpStatusCode.RequestEntityTooLarge);
    }

    private Task<ShieldReply> SendBytesAsync(byte[] body) => _app.Zone.SendAsync("POST", "token_validation/rules", change: request =>
    {
        request.Content = new StreamContent(new MemoryStream(body));
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.TransferEncodingChunked = true;
    });

    private sealed class BrokenQuery : IQueryFeature
    {
        public IQueryCollection Query
        {
            get => throw new InvalidCastException("secret");
            set => throw new InvalidCastException("secret");
        }
    }
}
