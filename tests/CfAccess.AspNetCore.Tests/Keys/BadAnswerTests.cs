using System.Text;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore.Keys;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Keys;

/// <summary>Whatever the endpoint answers: it is a failed refresh, and the good keys stay.</summary>
public sealed class BadAnswerTests
{
    private const string NotJson = "the answer is not JSON";
    private const string NoArray = "the answer has no array of keys";
    private const string TooLarge = "the answer is larger than 1048576 bytes";
    private const string TooSlow = "no complete answer within 10 s";
    private const string Redirect = "the answer is 302, not 200";

    /// <summary>The answers, and what an operator is told of them.</summary>
    public static TheoryData<string, string> Answers => new()
    {
        { "404", "the answer is 404, not 200" },
        { "500", "the answer is 500, not 200" },
        { "204", "the answer is 204, not 200" },
        { "201", "the answer is 201, not 200" },
        { "html", NotJson },
        { "truncated", NotJson },
        { "empty", NotJson },
        { "empty object", NoArray },
        { "no keys", NoArray },
        { "keys not a list", NoArray },
        { "empty list", "the answer has no usable key" },
        { "null", NoArray },
        { "list", NoArray },
        { "64 MB", TooLarge },
        { "64 MB with a length", TooLarge },
        { "hang", TooSlow },
        { "drip", TooSlow },
        { "redirect to itself", Redirect },
        { "redirect to http", Redirect },
        { "redirect to another host", Redirect },
        { "broken connection", "Unknown (ConnectionReset)" },
        { "same kid twice", "two keys have the same kid" },
        { "only weak keys", "the answer has no usable key (the first: its size is not 2048 to 8192 bits)" },
        { "a lone surrogate in the only key", "the answer has no usable key (the first: it has a string that is not valid Unicode)" },
        { "not UTF-8", NotJson },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    [Trait("attack", "30")]
    public async Task A_bad_answer_never_replaces_good_keys_and_the_log_says_what_was_bad(string answer, string detail)
    {
        await using var rig = await KeyRig.StartWarmAsync();
        await using var elsewhere = await LoopbackKeysEndpoint.StartAsync(KeyRig.Next);
        Misbehave(rig.Endpoint, answer, elsewhere);

        rig.Provider.Refresh();
        await EndAsync(rig, answer, fetch: 2);

        rig.Outcomes[1].ShouldNotBe("success");
        rig.Find(KeyRig.Current).ShouldNotBeNull();
        rig.Find(KeyRig.Old).ShouldNotBeNull();
        rig.Find(KeyRig.Next).ShouldBeNull();
        elsewhere.Count.ShouldBe(0);
        rig.Log.Named("KeysRefreshFailed").ShouldHaveSingleItem().Message
            .ShouldStartWith($"Could not refresh the signing keys from {rig.Endpoint.CertsUrl}: {detail}. ");
    }

    [Theory]
    [MemberData(nameof(Answers))]
    [Trait("attack", "30")]
    public async Task A_bad_first_answer_means_that_there_are_no_keys_and_the_log_says_why(string answer, string detail)
    {
        await using var rig = await KeyRig.StartAsync();
        await using var elsewhere = await LoopbackKeysEndpoint.StartAsync(KeyRig.Next);
        Misbehave(rig.Endpoint, answer, elsewhere);

        var resolution = rig.ResolveAsync(KeyRig.Current);
        await EndAsync(rig, answer, fetch: 1);

        (await resolution).Status.ShouldBe(KeyStatus.Unavailable);
        elsewhere.Count.ShouldBe(0);
        rig.Log.Named("KeysUnavailable").ShouldHaveSingleItem().Message
            .ShouldStartWith($"No trusted signing keys: {rig.Endpoint.CertsUrl} could not be fetched: {detail}. ");
    }

    [Fact]
    [Trait("attack", "30")]
    public async Task A_refused_connection_means_that_there_are_no_keys()
    {
        using var closed = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        closed.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        await using var rig = await KeyRig.StartAsync(url: new Uri($"http://{closed.LocalEndPoint}/cdn-cgi/access/certs"));

        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Unavailable);
        rig.Outcomes.ShouldBe(["unreachable"]);
        rig.Provider.Report().LastFailure.ShouldBe("ConnectionError (ConnectionRefused)");
    }

    [Fact]
    public async Task An_endpoint_without_tls_means_that_there_are_no_keys()
    {
        await using var plain = await LoopbackKeysEndpoint.StartAsync(KeyRig.Current);
        await using var rig = await KeyRig.StartAsync(url: new UriBuilder(plain.CertsUrl) { Scheme = Uri.UriSchemeHttps }.Uri);

        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Unavailable);
        rig.Outcomes.ShouldBe(["unreachable"]);
        rig.Provider.Report().LastFailure.ShouldBe("SecureConnectionError (TLS)");
        plain.Count.ShouldBe(0);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    public async Task An_answer_is_taken_up_to_the_largest_size_and_not_a_byte_beyond_it(bool tellsItsLength, int beyond)
    {
        await using var rig = await KeyRig.StartAsync(keys => keys.MaximumAnswerSize = 20_000);
        var body = Encoding.ASCII.GetBytes(KeysEndpoint.Document(KeyRig.Current.ToJwk()).PadRight(20_000 + beyond));
        rig.Endpoint.Answer = (_, _) => Task.FromResult(new HttpResponseMessage
        {
            Content = new ByteArrayContent(body) { Headers = { ContentLength = tellsItsLength ? body.Length : null } },
        });

        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(beyond == 0 ? KeyStatus.Found : KeyStatus.Unavailable);
        rig.Provider.Report().LastFailure.ShouldBe(beyond == 0 ? null : "the answer is larger than 20000 bytes");
    }

    [Fact]
    public async Task An_answer_that_says_it_is_too_large_is_not_waited_for()
    {
        await using var rig = await KeyRig.StartAsync();
        rig.Endpoint.Announce(rig.Options.MaximumAnswerSize + 1);

        rig.Provider.Refresh();
        await rig.FetchedAsync(1);

        rig.Outcomes.ShouldBe(["unusable"]);
    }

    [Fact]
    public async Task What_a_handler_of_the_application_throws_is_named_but_not_quoted()
    {
        using var handler = new KeysEndpoint();
        await using var rig = await KeyRig.StartAsync(build: services => services
            .AddHttpClient(CloudflareAccessDefaults.KeysHttpClient)
            .ConfigurePrimaryHttpMessageHandler(() => handler));

        handler.Answer = (_, _) => throw new HttpRequestException(HttpRequestError.ProxyTunnelError, "secret");
        (await rig.StatusAsync(KeyRig.Current)).ShouldBe(KeyStatus.Unavailable);
        rig.Provider.Report().LastFailure.ShouldBe("ProxyTunnelError");

        handler.Answer = (_, _) => throw new InvalidOperationException("secret");
        await rig.AdvanceToFetchAsync(rig.Options.Cooldown);
        rig.Provider.Report().LastFailure.ShouldBe("InvalidOperationException");
    }

    [Fact]
    public async Task A_redirect_that_an_applications_own_handler_followed_is_refused()
    {
        await using var elsewhere = await LoopbackKeysEndpoint.StartAsync(KeyRig.Next);
        await using var rig = await KeyRig.StartAsync(build: services => services
            .AddHttpClient(CloudflareAccessDefaults.KeysHttpClient)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = true }));
        rig.Endpoint.RedirectTo(elsewhere.CertsUrl.AbsoluteUri);

        (await rig.StatusAsync(KeyRig.Next)).ShouldBe(KeyStatus.Unavailable);
        rig.Outcomes.ShouldBe(["refused"]);
        rig.Provider.Report().LastFailure.ShouldBe("the answer is from another URL: a redirect was followed");
    }

    [Fact]
    public async Task Only_the_certs_url_is_asked_for_json_and_without_a_cookie()
    {
        await using var rig = await KeyRig.StartAsync();
        var seen = new List<string>();
        var answer = rig.Endpoint.Answer;
        rig.Endpoint.Answer = async (request, cancellationToken) =>
        {
            var cookies = request.Headers.TryGetValues("Cookie", out var values) ? string.Join(';', values) : string.Empty;
            seen.Add($"{request.Method} {request.RequestUri!.PathAndQuery} {request.Headers.Accept} {cookies}");
            var response = await answer(request, cancellationToken);
            response.Headers.Add("Set-Cookie", "CF_Authorization=mixed-up; Path=/");
            return response;
        };

        await rig.StatusAsync(KeyRig.Current);
        rig.Provider.Refresh();
        await rig.FetchedAsync(2);

        seen.ShouldBe(Enumerable.Repeat("GET /cdn-cgi/access/certs application/json ", 2));
    }

    private static async Task EndAsync(KeyRig rig, string answer, int fetch)
    {
        await rig.Endpoint.ReceivedAsync(fetch);
        if (answer is "hang" or "drip")
        {
            rig.Clock.Advance(rig.Options.FetchTimeout);
        }

        await rig.FetchedAsync(fetch);
    }

    private static JsonObject WithKid(TestKey key, string kid)
    {
        var jwk = key.ToJwk();
        jwk["kid"] = kid;
        return jwk;
    }

    private static void Misbehave(LoopbackKeysEndpoint endpoint, string answer, LoopbackKeysEndpoint elsewhere)
    {
        var good = KeysEndpoint.Document(KeyRig.Next.ToJwk());
        switch (answer)
        {
            case "404": endpoint.AnswerWith(404, "<html>no such team</html>", "text/html"); break;
            case "500": endpoint.AnswerWith(500, good); break;
            case "204": endpoint.AnswerWith(204, string.Empty); break;
            case "201": endpoint.AnswerWith(201, good); break;
            case "html": endpoint.AnswerWith(200, "<html>log in</html>", "text/html"); break;
            case "truncated": endpoint.AnswerWith(200, good[..^3]); break;
            case "empty": endpoint.AnswerWith(200, string.Empty); break;
            case "empty object": endpoint.AnswerWith(200, "{}"); break;
            case "no keys": endpoint.AnswerWith(200, """{"public_cert":{"kid":"a","cert":"-----BEGIN CERTIFICATE-----"}}"""); break;
            case "keys not a list": endpoint.AnswerWith(200, """{"keys":{"kid":"a"}}"""); break;
            case "empty list": endpoint.AnswerWith(200, """{"keys":[]}"""); break;
            case "null": endpoint.AnswerWith(200, "null"); break;
            case "list": endpoint.AnswerWith(200, "[]"); break;
            case "64 MB": endpoint.SendMegabytes(64); break;
            case "64 MB with a length": endpoint.SendMegabytes(64, tellsLength: true); break;
            case "hang": endpoint.Hang(); break;
            case "drip": endpoint.Drip(); break;
            case "redirect to itself": endpoint.RedirectTo(endpoint.CertsUrl.AbsoluteUri); break;
            case "redirect to http": endpoint.RedirectTo(elsewhere.CertsUrl.AbsoluteUri); break;
            case "redirect to another host": endpoint.RedirectTo($"http://localhost:{elsewhere.Origin.Port}/cdn-cgi/access/certs"); break;
            case "broken connection": endpoint.Fail(); break;
            case "same kid twice": endpoint.AnswerWith(200, KeysEndpoint.Document(KeyRig.Next.ToJwk(), WithKid(KeyRig.Old, KeyRig.Next.Kid))); break;
            case "only weak keys": endpoint.AnswerWith(200, KeysEndpoint.Document(TestKey.Get("weak", 1024).ToJwk())); break;
            case "a lone surrogate in the only key": endpoint.AnswerWith(200, """{"keys":[{"kty":"\ud800"}]}"""); break;
            case "not UTF-8": endpoint.AnswerWith([0x7B, 0x22, 0xFF, 0x22, 0x7D]); break;
            default: throw new ArgumentOutOfRangeException(nameof(answer), answer, "Not an answer.");
        }
    }
}
