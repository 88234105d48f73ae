using System.Net;
using System.Text.Json.Nodes;

namespace CfAccess.ApiShield.Tests;

/// <summary>What becomes of a request that the documents do not know.</summary>
public sealed class UnknownRequestTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("evil.example.com")]
    [InlineData("api.example.com.evil.test")]
    [InlineData("[::1]")]
    public async Task A_host_that_no_operation_names_is_blocked(string name)
    {
        await using var host = await ShieldHost.StartAsync();

        (await host.SendAsync(host: name, token: host.ValidToken)).ShouldBe((HttpStatusCode.Forbidden, null));
        host.Log.Named("UnknownRequestRefused").ShouldHaveSingleItem().Message.ShouldNotContain(name);
    }

    [Theory]
    [InlineData("API.EXAMPLE.COM")]
    [InlineData("api.example.com:8443")]
    [InlineData("api.example.com.")]
    [InlineData("api.example.com.:443")]
    public async Task A_host_is_the_same_in_every_spelling(string name)
    {
        await using var host = await ShieldHost.StartAsync(configure: options => options.UnknownHosts = ApiShieldUnknown.Allow);

        (await host.ContextAsync(change: context => context.Request.Host = new(name))).Response.StatusCode.ShouldBe(403);
    }

    [Fact]
    public async Task A_request_without_a_host_is_blocked()
    {
        await using var host = await ShieldHost.StartAsync();

        (await host.ContextAsync(host.ValidToken, context => context.Request.Host = default)).Response.StatusCode.ShouldBe(403);
    }

    [Fact]
    public async Task Unknown_hosts_go_on_where_that_is_wanted()
    {
        await using var host = await ShieldHost.StartAsync(configure: options => options.UnknownHosts = ApiShieldUnknown.Allow);

        (await host.SendAsync(host: "127.0.0.1")).ShouldBe((HttpStatusCode.OK, "account"));
    }

    [Fact]
    public async Task An_alias_is_judged_as_the_host_that_it_stands_for()
    {
        await using var host = await ShieldHost.StartAsync(configure: options => options.HostAliases["localhost"] = ShieldDocuments.Host);

        (await host.SendAsync(host: "LOCALHOST:5082")).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(host: "localhost:5082", token: host.ValidToken)).ShouldBe((HttpStatusCode.OK, "account"));
        (await host.SendAsync(token: host.ValidToken)).ShouldBe((HttpStatusCode.OK, "account"));
    }

    [Fact]
    public async Task A_name_of_another_alphabet_is_compared_as_it_is_sent()
    {
        const string name = "xn--bcher-kva.example";
        var documents = new ShieldDocuments();
        documents.Operations.ToList().ForEach(operation => operation!["host"] = name);
        documents.Rules.Clear();
        documents.Rules.Add((JsonNode)ShieldDocuments.Rule(host: name));
        await using var host = await ShieldHost.StartAsync(documents, options => options.UnknownHosts = ApiShieldUnknown.Allow, listens: true);

        (await host.SendAsync(host: name)).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(host: name.ToUpperInvariant())).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(host: name, token: host.ValidToken)).ShouldBe((HttpStatusCode.OK, "account"));
    }

    [Fact]
    public async Task A_request_that_matches_no_operation_goes_on()
    {
        await using var host = await ShieldHost.StartAsync();

        (await host.SendAsync("GET", "/elsewhere")).ShouldBe((HttpStatusCode.OK, "fallback"));
        (await host.SendAsync("PUT")).ShouldBe((HttpStatusCode.OK, "fallback"));
    }

    [Fact]
    public async Task Or_it_is_blocked_where_that_is_wanted()
    {
        await using var host = await ShieldHost.StartAsync(configure: options => options.UnknownOperations = ApiShieldUnknown.Block);

        (await host.SendAsync("GET", "/elsewhere", token: host.ValidToken)).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync("PUT", token: host.ValidToken)).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync("POST", "/login")).ShouldBe((HttpStatusCode.OK, "login"));

        // It could be read as the login, which is open, but is not what the application routes as such.
        (await host.SendAsync("POST", "//login")).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    [Fact]
    public async Task Without_operations_everything_is_blocked()
    {
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents =>
        {
            documents.Operations.Clear();
            documents.Rules.Clear();
        }));

        (await host.SendAsync(token: host.ValidToken)).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    [Fact]
    public async Task Details_say_what_is_unknown()
    {
        await using var host = await ShieldHost.StartAsync(configure: options =>
        {
            options.IncludeErrorDetails = true;
            options.UnknownOperations = ApiShieldUnknown.Block;
        });

        (await DetailAsync("127.0.0.1", "/accounts/1")).ShouldContain("No operation of the API has this host.");
        (await DetailAsync(ShieldDocuments.Host, "/elsewhere")).ShouldContain("No operation of the API has this method and path.");

        async Task<string> DetailAsync(string name, string path)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = name;
            using var response = await host.Client.SendAsync(request);
            return await response.Content.ReadAsStringAsync();
        }
    }
}
