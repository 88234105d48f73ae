using CfAccess.Shared.Http;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CfAccess.Http.Tests;

/// <summary>A service token goes where it may, and nowhere else, whatever answers and primary handlers do.</summary>
public sealed class ServiceCallTests
{
    private const string Id = "c9bbbfb4f0d4a7d4b7c3b0e1f2a3d4c5.access";
    private const string Secret = "sentinel-of-a-client-secret";

    [Fact]
    public async Task The_base_address_is_sent_the_token_and_the_log_is_not()
    {
        await using var other = await OtherApp.StartAsync();
        using var log = new LogCollector();
        using var host = Host(client => client.BaseAddress = other.Address, log: log);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/one");

        using var response = await Client(host).SendAsync(request);

        (await response.Content.ReadAsStringAsync()).ShouldBe("reached");
        other.Received.ShouldHaveSingleItem().ShouldBe(("GET", "/one", Id, Secret, null, null));
        request.Headers.ShouldBeEmpty();
        log.Entries.ShouldNotBeEmpty();
        log.Entries.ShouldNotContain(entry => entry.Message.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_call_without_a_user_agent_gets_the_one_of_the_library_also_after_a_redirect()
    {
        await using var other = await OtherApp.StartAsync();
        other.Redirects["/away"] = (302, "/there");
        using var host = Host(client => client.BaseAddress = other.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/away");

        using var response = await Client(host).SendAsync(request);

        other.UserAgents.ShouldBe([SentUserAgent.Expected, SentUserAgent.Expected]);
        request.Headers.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_primary_handler_that_has_sent_requests_before_and_follows_no_redirects_is_used_as_it_is()
    {
        await using var other = await OtherApp.StartAsync();
        using var shared = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var earlier = new HttpMessageInvoker(shared, disposeHandler: false);
        using var first = new HttpRequestMessage(HttpMethod.Get, other.Address);
        (await earlier.SendAsync(first, CancellationToken.None)).Dispose();
        using var host = Host(
            client => client.BaseAddress = new Uri("https://other.example"),
            client => client.ConfigurePrimaryHttpMessageHandler(() => shared));

        using var client = Client(host);

        client.BaseAddress.ShouldBe(new Uri("https://other.example"));
    }

    [Theory]
    [InlineData("of the client")]
    [InlineData("of the request")]
    [InlineData("of a handler")]
    public async Task A_user_agent_that_the_application_sets_stays(string place)
    {
        await using var other = await OtherApp.StartAsync();
        using var host = Host(
            client =>
            {
                client.BaseAddress = other.Address;
                if (place == "of the client")
                {
                    client.DefaultRequestHeaders.Add("User-Agent", "Orders/2.0");
                }
            },
            client =>
            {
                if (place == "of a handler")
                {
                    client.AddHttpMessageHandler(() => new UserAgentHandler());
                }
            });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/one");
        if (place == "of the request")
        {
            request.Headers.Add("User-Agent", "Orders/2.0");
        }

        using var response = await Client(host).SendAsync(request);

        other.UserAgents.ShouldBe(["Orders/2.0"]);
        request.Headers.UserAgent.ToString().ShouldBe("Orders/2.0");
    }

    [Fact]
    public async Task No_answer_leaves_a_cookie_for_the_next_request()
    {
        await using var other = await OtherApp.StartAsync();
        using var host = Host(client => client.BaseAddress = other.Address);

        using var answer = await Client(host).GetAsync(new Uri("/one", UriKind.Relative));
        await Client(host).GetAsync(new Uri("/two", UriKind.Relative));

        answer.Headers.TryGetValues("Set-Cookie", out _).ShouldBeFalse();

        other.Received.ShouldAllBe(received => received.Cookie == null);
    }

    [Theory]
    [InlineData("absolute")]
    [InlineData("other port")]
    [InlineData("other host")]
    [InlineData("other scheme")]
    public async Task Another_origin_is_sent_nothing(string kind)
    {
        await using var other = await OtherApp.StartAsync();
        await using var foreign = await OtherApp.StartAsync();
        using var host = Host(client => client.BaseAddress = other.Address);
        var target = kind switch
        {
            "other host" => new UriBuilder(other.Address) { Host = "localhost" }.Uri,
            "other scheme" => new UriBuilder(other.Address) { Scheme = "https" }.Uri,
            _ => foreign.Address,
        };
        other.Redirects["/away"] = (302, target + "away");

        var failure = await Should.ThrowAsync<AccessCallException>(
            () => Client(host).GetAsync(kind == "absolute" ? target : new Uri("/away", UriKind.Relative)));

        failure.Message.ShouldContain(target.GetLeftPart(UriPartial.Authority));
        failure.Message.ShouldContain("may not receive the credential of this client");
        foreign.Received.ShouldBeEmpty();
        other.Received.Count.ShouldBe(kind == "absolute" ? 0 : 1);
    }

    [Theory]
    [InlineData("sockets")]
    [InlineData("client")]
    [InlineData("wrapped")]
    [InlineData("own")]
    public async Task A_primary_handler_that_is_set_later_takes_the_token_nowhere(string kind)
    {
        await using var other = await OtherApp.StartAsync();
        await using var foreign = await OtherApp.StartAsync();
        other.Redirects["/away"] = (307, foreign.Address + "away");
        using var host = Host(client => client.BaseAddress = other.Address, builder => builder.ConfigurePrimaryHttpMessageHandler(() => kind switch
        {
            "sockets" => new SocketsHttpHandler { AllowAutoRedirect = true },
            "client" => new HttpClientHandler { AllowAutoRedirect = true },
            "wrapped" => new WrappingHandler(),
            _ => new FollowingHandler(),
        }));

        var failure = await Should.ThrowAsync<AccessCallException>(() => Client(host).GetAsync(new Uri("/away", UriKind.Relative)));

        if (kind == "own")
        {
            // What it did below cannot be undone, but it is told.
            failure.Message.ShouldContain("Set AllowAutoRedirect to false on the primary handler");
        }
        else
        {
            foreign.Received.ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(301, "POST", "GET")]
    [InlineData(302, "POST", "GET")]
    [InlineData(302, "PUT", "PUT")]
    [InlineData(303, "PUT", "GET")]
    [InlineData(303, "HEAD", "HEAD")]
    [InlineData(307, "POST", "POST")]
    [InlineData(308, "DELETE", "DELETE")]
    public async Task An_allowed_redirect_is_followed_with_the_token(int status, string method, string then)
    {
        await using var other = await OtherApp.StartAsync();
        await using var second = await OtherApp.StartAsync();
        other.Redirects["/away"] = (status, second.Address + "there");
        second.Redirects["/there"] = (308, "/here");
        using var host = Host(
            client => client.BaseAddress = other.Address, origins: [second.Address.GetLeftPart(UriPartial.Authority)]);
        using var request = new HttpRequestMessage(new HttpMethod(method), "/away");
        request.Content = method is "POST" or "PUT" ? new StringContent("content") : null;

        using var response = await Client(host).SendAsync(request);

        response.IsSuccessStatusCode.ShouldBeTrue();
        second.Received.ShouldBe([(then, "/there", Id, Secret, null, null), (then, "/here", Id, Secret, null, null)]);
    }

    [Fact]
    public async Task A_redirect_takes_no_other_proof_along()
    {
        await using var other = await OtherApp.StartAsync();
        other.Redirects["/away"] = (302, "/there");
        using var host = Host(client => client.BaseAddress = other.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/away");
        request.Headers.Authorization = new("Bearer", "of the first");

        using var response = await Client(host).SendAsync(request);

        request.Headers.Authorization.ShouldBeNull();
    }

    [Fact]
    public async Task A_synchronous_call_is_refused()
    {
        await using var other = await OtherApp.StartAsync();
        using var host = Host(client => client.BaseAddress = other.Address);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");

        Should.Throw<NotSupportedException>(() => Client(host).Send(request));
        other.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Redirects_that_lead_in_a_circle_end()
    {
        await using var other = await OtherApp.StartAsync();
        other.Redirects["/round"] = (302, "/round");
        using var host = Host(client => client.BaseAddress = other.Address);

        using var response = await Client(host).GetAsync(new Uri("/round", UriKind.Relative));

        ((int)response.StatusCode).ShouldBe(302);
        other.Received.Count.ShouldBe(51);
    }

    [Fact]
    public async Task A_login_page_in_place_of_the_answer_tells_which_policy_is_missing()
    {
        await using var other = await OtherApp.StartAsync();
        other.Redirects["/"] = (302, "https://acme.cloudflareaccess.com/cdn-cgi/access/login/app.example.com?kid=tag&redirect_url=%2F");
        using var host = Host(client => client.BaseAddress = other.Address);

        var failure = await Should.ThrowAsync<AccessCallException>(() => Client(host).GetAsync(new Uri("/", UriKind.Relative)));

        failure.Message.ShouldBe(
            "The response is the login page of acme.cloudflareaccess.com instead of the application: no policy of Access allows this caller. Add a "
            + "policy with the action Service Auth that includes this service token (Zero Trust dashboard: Access, Applications, the application, "
            + "Policies), and check that the token has not expired.");
    }

    [Fact]
    public async Task A_client_that_knows_no_private_origin_stops_the_start()
    {
        using var nowhere = Host(_ => { });
        (await Should.ThrowAsync<InvalidOperationException>(() => nowhere.StartAsync())).Message
            .ShouldStartWith("HTTP client 'other' has Access credentials but no allowed origin. Set its BaseAddress");

        using var open = Host(client => client.BaseAddress = new Uri("http://example.com/"));
        (await Should.ThrowAsync<InvalidOperationException>(() => open.StartAsync())).Message.ShouldContain("http://example.com, is not https");

        using var named = Host(_ => { }, origins: ["https://other.example.com"]);
        await named.StartAsync();
    }

    [Fact]
    public async Task A_base_address_on_plain_http_under_localhost_stops_the_start()
    {
        using var host = Host(client => client.BaseAddress = new Uri("http://warehouse.localhost:5000/"));

        (await Should.ThrowAsync<InvalidOperationException>(() => host.StartAsync())).Message
            .ShouldContain("http://warehouse.localhost:5000, is not https");
    }

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("http://warehouse.localhost:5000")]
    [InlineData("https://example.com/path")]
    [InlineData("https://user@example.com")]
    [InlineData("https://example.com?query")]
    [InlineData("https://example.com#fragment")]
    [InlineData("ftp://example.com")]
    [InlineData("example.com")]
    [InlineData("")]
    public void An_origin_that_is_none_is_refused_where_it_is_written(string origin) =>
        Should.Throw<ArgumentException>(() => Host(_ => { }, origins: [origin])).Message.ShouldContain("is not an origin that a token may be sent to");

    [Theory]
    [InlineData("", Secret)]
    [InlineData(Id, " ")]
    [InlineData(Id, "two\nlines")]
    [InlineData("é", Secret)]
    public void A_token_that_no_header_can_hold_is_refused_where_it_is_written(string id, string secret)
    {
        var builder = new ServiceCollection().AddHttpClient("other");

        var failure = Should.Throw<ArgumentException>(() => builder.AddCloudflareAccessServiceToken(id, secret));

        failure.Message.ShouldNotContain("two");
    }

    private static HttpClient Client(IHost host) => host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("other");

    private static IHost Host(
        Action<HttpClient> configure, Action<IHttpClientBuilder>? then = null, string[]? origins = null, LogCollector? log = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).Services.AddSecretWatch(log);
        var client = builder.Services.AddHttpClient("other").AddCloudflareAccessServiceToken(Id, Secret, origins ?? []).ConfigureHttpClient(configure);

        // An application may choose what is kept out of its log; that adds to what we keep out.
        client.RedactLoggedHeaders(_ => false);
        then?.Invoke(client);
        return builder.Build();
    }

    private sealed class UserAgentHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("User-Agent", "Orders/2.0");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class WrappingHandler() : DelegatingHandler(new SocketsHttpHandler());

    /// <summary>Follows redirects as the framework's handlers do, and cannot be told not to.</summary>
    private sealed class FollowingHandler : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(new SocketsHttpHandler());

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            _inner.SendAsync(request, cancellationToken);
    }
}
