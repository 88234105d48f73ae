using System.Net;
using CfAccess.Http;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Outgoing;

/// <summary>A call for the caller carries the token that was validated in the very request that is being answered.</summary>
public sealed class CallerCallTests
{
    [Fact]
    public async Task Each_caller_is_called_for_with_the_token_of_its_own()
    {
        await using var other = await OtherApp.StartAsync();
        await using var host = await StartAsync(other);
        var tokens = Enumerable.Range(0, 20)
            .Select(number => host.Minter.MintPerson(payload => payload["email"] = $"{number}@example.com")).ToList();

        await Task.WhenAll(tokens.Select(async token => (await host.StatusAsync(token, "/call")).ShouldBe(HttpStatusCode.OK)));

        other.Received.Select(received => received.Token).ShouldBe(tokens, ignoreOrder: true);
        other.Received.ShouldAllBe(received => received.Cookie == null);
        host.Log.Entries.ShouldNotContain(entry => tokens.Any(token => entry.Message.Contains(token, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_was_not_validated_is_not_sent()
    {
        await using var other = await OtherApp.StartAsync();
        await using var host = await StartAsync(other);
        var good = host.Minter.MintPerson();

        using var response = await host.GetAsync(
            "/call",
            (CloudflareAccessDefaults.AssertionHeader, good),
            ("Cookie", "CF_Authorization=another"),
            ("Cf-Access-Token", "a third"));

        other.Received.ShouldHaveSingleItem().Token.ShouldBe(good);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("garbage")]
    public async Task Without_a_caller_nothing_is_sent(string? token)
    {
        await using var other = await OtherApp.StartAsync();
        await using var host = await StartAsync(other);

        using var response = await host.GetAsync(token, "/try");

        (await response.Content.ReadAsStringAsync()).ShouldStartWith("Cloudflare Access authenticated nobody in this request");
        other.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Outside_a_request_there_is_nobody_to_call_for()
    {
        await using var other = await OtherApp.StartAsync();
        await using var host = await StartAsync(other);
        var client = host.Services.GetRequiredService<IHttpClientFactory>().CreateClient("other");

        (await Should.ThrowAsync<InvalidOperationException>(() => client.GetAsync(new Uri("/", UriKind.Relative)))).Message
            .ShouldStartWith("There is no current request, so the caller is unknown.");
        other.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_service_token_beside_the_caller_goes_along_and_redirects_are_followed_once()
    {
        await using var other = await OtherApp.StartAsync();
        other.Redirects["/"] = (302, "/there");
        await using var host = await StartAsync(other, client => client.AddCloudflareAccessServiceToken("id", "secret"));
        var token = host.Minter.MintPerson();

        (await host.StatusAsync(token, "/call")).ShouldBe(HttpStatusCode.OK);

        other.Received.ShouldBe([("GET", "/", "id", "secret", token, null), ("GET", "/there", "id", "secret", token, null)]);
        other.UserAgents.ShouldAllBe(userAgent => userAgent == SentUserAgent.Expected);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_proof_goes_where_only_the_other_may(bool tokenMay)
    {
        await using var other = await OtherApp.StartAsync();
        await using var second = await OtherApp.StartAsync();
        other.Redirects["/"] = (302, second.Address + "there");
        var origin = second.Address.GetLeftPart(UriPartial.Authority);
        await using var host = await AccessHost.StartAsync(
            build: builder =>
            {
                var client = builder.Services.AddHttpClient("other", client => client.BaseAddress = other.Address);
                client.AddCloudflareAccessServiceToken("id", "secret", tokenMay ? [origin] : [])
                    .AddCloudflareAccessUser(tokenMay ? [] : [origin]);
            },
            map: app => app.MapGet("/try", async (IHttpClientFactory clients) =>
            {
                try
                {
                    return await CallAsync(clients);
                }
                catch (AccessCallException exception)
                {
                    return exception.Message;
                }
            }).RequireAuthorization());

        using var response = await host.GetAsync(host.Minter.MintPerson(), "/try");

        (await response.Content.ReadAsStringAsync()).ShouldContain("may not receive the credential of this client");
        second.Received.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("host")]
    [InlineData("port")]
    [InlineData("scheme")]
    public async Task A_redirect_to_another_origin_takes_the_token_nowhere(string kind)
    {
        await using var other = await OtherApp.StartAsync();
        await using var foreign = await OtherApp.StartAsync();
        var target = kind switch
        {
            "host" => new UriBuilder(other.Address) { Host = "localhost" }.Uri,
            "scheme" => new UriBuilder(other.Address) { Scheme = "https" }.Uri,
            _ => foreign.Address,
        };
        other.Redirects["/"] = (307, target + "away");
        await using var host = await StartAsync(other);

        var answer = await TryAsync(host);

        answer.ShouldStartWith($"The response redirects to {target.GetLeftPart(UriPartial.Authority)}, which may not receive the credential of this client");
        foreign.Received.ShouldBeEmpty();
        other.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_login_page_in_place_of_the_answer_tells_which_policy_is_missing()
    {
        await using var other = await OtherApp.StartAsync();
        other.Redirects["/"] = (302, "https://acme.cloudflareaccess.com/cdn-cgi/access/login/app.example.com?kid=tag&redirect_url=%2F");
        await using var host = await StartAsync(other);

        var answer = await TryAsync(host);

        answer.ShouldStartWith("The response is the login page of acme.cloudflareaccess.com instead of the application");
        answer.ShouldContain("the action Service Auth and the selector Linked App Token");
    }

    [Fact]
    public async Task A_client_that_knows_no_origin_stops_the_start() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => AccessHost.StartAsync(
            build: builder => builder.Services.AddHttpClient("other").AddCloudflareAccessUser()))).Message
            .ShouldStartWith("HTTP client 'other' has Access credentials but no allowed origin. Set its BaseAddress");

    [Fact]
    public void An_origin_on_plain_http_under_localhost_is_refused_where_it_is_written() =>
        Should.Throw<ArgumentException>(() => new ServiceCollection().AddHttpClient("other").AddCloudflareAccessUser("http://payroll.localhost"));

    private static async Task<string> TryAsync(AccessHost host)
    {
        using var response = await host.GetAsync(host.Minter.MintPerson(), "/try");
        return await response.Content.ReadAsStringAsync();
    }

    private static Task<AccessHost> StartAsync(OtherApp other, Action<IHttpClientBuilder>? then = null) => AccessHost.StartAsync(
        build: builder =>
        {
            var client = builder.Services.AddHttpClient("other", client => client.BaseAddress = other.Address).AddCloudflareAccessUser();
            then?.Invoke(client);
        },
        map: app =>
        {
            app.MapGet("/call", (IHttpClientFactory clients) => CallAsync(clients)).RequireAuthorization();
            app.MapGet("/try", async (IHttpClientFactory clients) =>
            {
                try
                {
                    return await CallAsync(clients);
                }
                catch (Exception exception) when (exception is InvalidOperationException or AccessCallException)
                {
                    return exception.Message;
                }
            });
        });

    private static Task<string> CallAsync(IHttpClientFactory clients) => clients.CreateClient("other").GetStringAsync(new Uri("/", UriKind.Relative));
}
