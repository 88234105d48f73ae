using CfAccess.AspNetCore.Keys;
using CfAccess.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Keys;

/// <summary>Whatever the endpoint answers: it is a failed refresh, and the good keys stay.</summary>
public sealed class BadAnswerTests
{
    public static TheoryData<string> Answers =>
    [
        "404", "500", "204", "201", "html", "truncated", "empty", "empty object", "no keys", "keys not a list", "empty list", "null", "list", "64 MB",
        "64 MB with a length", "hang", "drip", "redirect to itself", "redirect to http", "redirect to another host", "broken connection",
        "same kid twice", "only weak keys", "half a surrogate pair", "not UTF-8",
    ];

    [Theory]
    [MemberData(nameof(Answers))]
    [Trait("attack", "30")]
    public async Task A_bad_answer_never_replaces_good_keys(string answer)
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
        rig.Log.Named("KeysRefreshFailed").Count().ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Answers))]
    [Trait("attack", "30")]
    public async Task A_bad_first_answer_means_that_there_are_no_keys(string answer)
    {
        await using var rig = await KeyRig.StartAsync();
        await using var elsewhere = await LoopbackKeysEndpoint.StartAsync(KeyRig.Next);
        Misbehave(rig.Endpoint, answer, elsewhere);

        var resolution = rig.ResolveAsync(KeyRig.Current);
        await EndAsync(rig, answer, fetch: 1);

        (await resolution).Status.ShouldBe(KeyStatus.Unavailable);
        elsewhere.Count.ShouldBe(0);
        rig.Log.Named("KeysUnavailable").Count().ShouldBe(1);
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
    }

    [Fact]
    public async Task Only_the_certs_url_is_asked_for_json_and_without_a_cookie()
    {
        await using var rig = await KeyRig.StartAsync();
        var seen = new List<string>();
        var answer = rig.Endpoint.Answer;
        rig.Endpoint.Answer = context =>
        {
            seen.Add($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.Headers.Accept} {context.Request.Headers.Cookie}");
            context.Response.Headers.SetCookie = "CF_Authorization=mixed-up; Path=/";
            return answer(context);
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

    private static void Misbehave(LoopbackKeysEndpoint endpoint, string answer, LoopbackKeysEndpoint elsewhere)
    {
        var good = KeysEndpoint.Document(KeyRig.Next.ToJwk());
        switch (answer)
        {
            case "404": endpoint.AnswerWith(404, "<html>no such team</html>", "text/html"); break;
            case "500": endpoint.AnswerWith(500, good); break;
            case "204": endpoint.Answer = context => Task.FromResult(context.Response.StatusCode = 204); break;
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
            case "64 MB with a length": endpoint.AnswerWith(200, new string(' ', 64 * 1024 * 1024)); break;
            case "hang": endpoint.Hang(); break;
            case "drip": endpoint.Drip(); break;
            case "redirect to itself": endpoint.RedirectTo(endpoint.CertsUrl.AbsoluteUri); break;
            case "redirect to http": endpoint.RedirectTo(elsewhere.CertsUrl.AbsoluteUri); break;
            case "redirect to another host": endpoint.RedirectTo($"http://localhost:{elsewhere.Origin.Port}/cdn-cgi/access/certs"); break;
            case "broken connection": endpoint.Break(); break;
            case "same kid twice": endpoint.AnswerWith(200, KeysEndpoint.Document(KeyRig.Next.ToJwk(), KeyRig.Next.ToJwk())); break;
            case "only weak keys": endpoint.AnswerWith(200, KeysEndpoint.Document(TestKey.Get("weak", 1024).ToJwk())); break;
            case "half a surrogate pair": endpoint.AnswerWith(200, """{"keys":[{"kty":"\ud800"}]}"""); break;
            case "not UTF-8": endpoint.Answer = context => context.Response.Body.WriteAsync(new byte[] { 0x7B, 0x22, 0xFF, 0x22, 0x7D }).AsTask(); break;
            default: throw new ArgumentOutOfRangeException(nameof(answer), answer, "Not an answer.");
        }
    }
}
