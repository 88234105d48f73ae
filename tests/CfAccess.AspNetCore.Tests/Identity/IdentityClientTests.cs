using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace CfAccess.AspNetCore.Tests.Identity;

/// <summary>The library's own client on a real socket: what it sends, and what it keeps of an answer, which is nothing.</summary>
public sealed class IdentityClientTests
{
    [Fact]
    public async Task Fifty_people_at_once_get_nobody_elses_groups_from_an_endpoint_that_sets_cookies()
    {
        await using var team = await LoopbackKeysEndpoint.StartAsync();
        var cookies = new ConcurrentBag<string>();
        team.Answer = (request, cancellationToken) =>
        {
            cookies.Add(request.Headers.GetValues("Cookie").Single());
            return TellAsync(request, cancellationToken);
        };
        await using var host = await StartAsync(team);
        var people = Enumerable.Range(0, 50).Select(number => $"person{number}@example.com").ToList();
        var tokens = people.ToDictionary(email => email, email => Mint(host, team, email));

        for (var round = 0; round < 4; round++)
        {
            var groups = await Task.WhenAll(people.Select(email => host.BodyAsync(tokens[email], "/groups")));

            groups.ShouldBe(people.Select(email => $"group of {email}"));
            host.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        team.Count.ShouldBe(200);
        cookies.Distinct().Order().ShouldBe(tokens.Values.Select(token => $"CF_Authorization={token}").Order());
    }

    [Fact]
    public async Task Only_the_validated_token_goes_out_and_nothing_else_of_the_request()
    {
        await using var team = await LoopbackKeysEndpoint.StartAsync();
        List<string> headers = [];
        var line = string.Empty;
        team.Answer = (request, cancellationToken) =>
        {
            headers = [.. request.Headers.Select(header => $"{header.Key}: {string.Join(',', header.Value)}")];
            line = $"{request.Method} {request.RequestUri!.PathAndQuery}";
            return TellAsync(request, cancellationToken);
        };
        await using var host = await StartAsync(team);
        var token = Mint(host, team, TestTeam.Email);
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).AddBaggage("secret", "chosen").Start();

        using var response = await host.GetAsync(
            "/groups",
            (CloudflareAccessDefaults.AssertionHeader, token),
            ("Cookie", $"CF_Authorization={host.Minter.MintPerson()}; other=1"),
            ("X-Forwarded-Host", "evil.example"),
            ("Host", "evil.example"),
            ("Authorization", "Bearer secret"));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        line.ShouldBe("GET /cdn-cgi/access/get-identity");
        headers.Order(StringComparer.Ordinal).ShouldBe(
            [
                "Accept: application/json",
                $"Cookie: CF_Authorization={token}",
                $"Host: {team.Origin.Authority}",
                $"User-Agent: {SentUserAgent.Expected}",
            ]);
    }

    [Fact]
    public async Task An_answer_with_a_byte_order_mark_is_read()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.AnswerWith($"\ufeff{{\"email\":\"{TestTeam.Email}\",\"groups\":{IdentityRig.FinanceGroup}}}");

        (await host.StatusAsync(host.Minter.MintPerson(), "/group")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_team_that_speaks_only_HTTP_2_is_asked_by_the_version_of_the_named_client()
    {
        await using var team = await LoopbackKeysEndpoint.StartAsync(HttpProtocols.Http2, TestKey.Get("current"));
        var keys = team.Answer;
        team.Answer = (request, cancellationToken) =>
            request.RequestUri == team.CertsUrl ? keys(request, cancellationToken) : TellAsync(request, cancellationToken);
        await using var host = await IdentityRig.StartAsync(
            options => (options.AllowCustomTeamDomain, options.TeamDomain) = (true, team.Origin.AbsoluteUri),
            builder =>
            {
                foreach (var name in new[] { CloudflareAccessDefaults.KeysHttpClient, CloudflareAccessDefaults.IdentityHttpClient })
                {
                    builder.Services.AddHttpClient(name, client =>
                    {
                        client.DefaultRequestVersion = HttpVersion.Version20;
                        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
                    }).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler());
                }
            });

        (await host.BodyAsync(Mint(host, team, TestTeam.Email), "/groups")).ShouldBe($"group of {TestTeam.Email}");
        team.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_redirect_is_not_followed_nor_taken_where_an_applications_own_handler_followed_it(bool follows)
    {
        await using var team = await LoopbackKeysEndpoint.StartAsync();
        await using var elsewhere = await LoopbackKeysEndpoint.StartAsync();
        elsewhere.Answer = TellAsync;
        team.RedirectTo(new Uri(elsewhere.Origin, "/cdn-cgi/access/get-identity").AbsoluteUri);
        await using var host = await StartAsync(team, builder =>
        {
            if (follows)
            {
                builder.Services.AddHttpClient(CloudflareAccessDefaults.IdentityHttpClient)
                    .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = true });
            }
        });

        (await host.StatusAsync(Mint(host, team, TestTeam.Email), "/group")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        elsewhere.Count.ShouldBe(follows ? 1 : 0);
        host.Warned().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("5 MB", false)]
    [InlineData("5 MB with a length", false)]
    [InlineData("drip", true)]
    [InlineData("hang", true)]
    [InlineData("broken", false)]
    public async Task An_answer_without_end_is_ended_and_one_without_measure_is_not_read(string answer, bool isEndless)
    {
        await using var team = await LoopbackKeysEndpoint.StartAsync();
        switch (answer)
        {
            case "5 MB": team.SendMegabytes(5); break;
            case "5 MB with a length": team.SendMegabytes(5, tellsLength: true); break;
            case "drip": team.Drip(); break;
            case "hang": team.Hang(); break;
            default: team.Fail(); break;
        }

        await using var host = await StartAsync(team);
        var request = host.StatusAsync(Mint(host, team, TestTeam.Email), "/group");
        if (isEndless)
        {
            await team.ReceivedAsync(1);
            host.Clock.Advance(TimeSpan.FromSeconds(5));
        }

        (await request).ShouldBe(HttpStatusCode.ServiceUnavailable);
        team.Count.ShouldBe(1);
        host.Warned().ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(0, HttpStatusCode.OK)]
    [InlineData(1, HttpStatusCode.ServiceUnavailable)]
    public async Task An_answer_is_taken_up_to_the_largest_size_and_not_a_byte_beyond_it(int beyond, HttpStatusCode status)
    {
        await using var host = await IdentityRig.StartAsync(options => options.Identity.MaximumAnswerSize = 20_000);
        host.Identities.AnswerWith($$"""{"email":"{{TestTeam.Email}}","groups":{{IdentityRig.FinanceGroup}}}""".PadRight(20_000 + beyond));

        (await host.StatusAsync(host.Minter.MintPerson(), "/group")).ShouldBe(status);
    }

    [Fact]
    public async Task A_handler_of_the_application_may_throw_anything_and_is_not_quoted()
    {
        await using var host = await IdentityRig.StartAsync();
        host.Identities.Answer = (_, _) => throw new InvalidOperationException("sentinel");

        (await host.StatusAsync(host.Minter.MintPerson(), "/group")).ShouldBe(HttpStatusCode.ServiceUnavailable);
        host.Log.Named("IdentityUnavailable").Single().Message.ShouldContain("InvalidOperationException");
        host.Log.Named("IdentityUnavailable").Single().Message.ShouldNotContain("sentinel");
    }

    [Fact]
    public async Task The_clients_own_handler_keeps_no_cookies_and_follows_no_redirects()
    {
        await using var host = await IdentityRig.StartAsync(build: TakeStubAway);
        using var handler = host.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(CloudflareAccessDefaults.IdentityHttpClient);
        var innermost = handler;
        while (innermost is DelegatingHandler { InnerHandler: { } inner })
        {
            innermost = inner;
        }

        var sockets = innermost.ShouldBeOfType<SocketsHttpHandler>();
        (sockets.UseCookies, sockets.AllowAutoRedirect, sockets.MaxConnectionsPerServer).ShouldBe((false, false, 100));
        sockets.ActivityHeadersPropagator.ShouldBeNull();
    }

    private static Task<AccessHost> StartAsync(LoopbackKeysEndpoint team, Action<WebApplicationBuilder>? build = null) => IdentityRig.StartAsync(
        options =>
        {
            options.AllowCustomTeamDomain = true;
            options.TeamDomain = team.Origin.AbsoluteUri;
        },
        builder =>
        {
            TakeStubAway(builder);
            build?.Invoke(builder);
        });

    /// <summary>Leaves the library's own handler, as an application has it.</summary>
    private static void TakeStubAway(WebApplicationBuilder builder) => builder.Services.Configure<HttpClientFactoryOptions>(
        CloudflareAccessDefaults.IdentityHttpClient,
        options => options.HttpMessageHandlerBuilderActions.RemoveAt(options.HttpMessageHandlerBuilderActions.Count - 1));

    private static string Mint(AccessHost host, LoopbackKeysEndpoint team, string email) => host.Minter.MintPerson(payload =>
        (payload["iss"], payload["email"], payload["sub"], payload["exp"]) =
            (team.Origin.GetLeftPart(UriPartial.Authority), email, email, TestClock.DefaultStart.AddHours(2).ToUnixTimeSeconds()));

    /// <summary>Tells of whom the last cookie speaks, and sets one, as an endpoint that renews sessions does.</summary>
    private static Task<HttpResponseMessage> TellAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = request.Headers.GetValues("Cookie").Last().Split("CF_Authorization=")[^1];
        var email = IdentityEndpoint.PayloadOf(token)["email"]!.GetValue<string>();
        var identity = new JsonObject { ["email"] = email, ["groups"] = new JsonArray($"group of {email}") };
        var response = TestEndpoint.Response(request, identity.ToJsonString());
        response.Headers.Add("Set-Cookie", $"CF_Authorization={token}; Path=/");
        return Task.FromResult(response);
    }
}
