using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Extensions;

namespace CfAccess.ApiShield.Tests;

/// <summary>No spelling of a protected request reaches its endpoint without a token. On Kestrel, since it decides what a path is.</summary>
public sealed class BypassTests
{
    private static readonly string[] Paths =
    [
        "/accounts/1", "/ACCOUNTS/1", "/Accounts/1/", "/accounts/1?x=/login", "/accounts/1#/login", "//accounts/1", "/accounts//1", "/accounts/1//",
        "/./accounts/1", "/x/../accounts/1", "/x/%2e%2e/accounts/1", "/%2e/accounts/1", "/login/..%2faccounts/1", "/accounts%2f1", "/accounts%2F1",
        "/%61ccounts/1", "/accounts/%31", "/accounts/1%20", "/accounts/1%00", "/accounts/%2e%2e", "/accounts/1;x", "/accounts;x/1", "/accounts\\1",
        "/accounts%5c1", "\\accounts\\1", "/accounts/1/.", "/accounts/1/..", "/accounts/..;/accounts/1", "/%252e%252e/accounts/1", "/accounts/a%2Fb",
        "/accounts/%C0%AE", "/accounts/\u00e9", "http://api.example.com/accounts/1", "http://other.test/accounts/1", "/accounts/1%3Fx", "*", "/",
        "/accounts/%E2%80%AE", "/accounts/" + "%61%61%61%61%61%61%61%61", "/accounts/1%23", "/aCcOuNtS/1", "/accounts/1/%2e", "/%2faccounts/1",
    ];

    private static readonly string[] Methods = ["GET", "get", "Get", "HEAD", "head"];

    private static readonly string[] Hosts = ["api.example.com", "API.example.com", "api.example.com:1", "api.example.com.", "127.0.0.1", ""];

    [Fact]
    public async Task No_spelling_reaches_a_protected_endpoint_without_a_token()
    {
        await using var host = await ShieldHost.StartAsync(listens: true, map: app =>
        {
            app.MapMethods("/accounts/{id}", ["HEAD"], ShieldHost.Answer("account"));
            app.Map("/accounts", ShieldHost.Answer("accounts"));
        });
        List<string> reached = [];
        var answers = 0;
        foreach (var (method, path, name) in Methods.SelectMany(_ => Paths, (method, path) => (method, path))
            .SelectMany(_ => Hosts, (one, name) => (one.method, one.path, name)))
        {
            var answer = await RawRequest.SendAsync(host.Client.BaseAddress!, method, path, name);
            answer.ShouldStartWith("HTTP/1.1 ");
            answer.ShouldNotStartWith("HTTP/1.1 5");
            answers++;
            if (answer.Contains($"{ShieldHost.Answered}: account\r\n", StringComparison.Ordinal))
            {
                reached.Add($"{method} {path} of {name}");
            }
        }

        reached.ShouldBeEmpty();
        answers.ShouldBe(Methods.Length * Paths.Length * Hosts.Length);
    }

    /// <summary>The counterpart, without which the test above could not fail: those spellings are routed to the endpoint.</summary>
    [Theory]
    [InlineData("GET", "/ACCOUNTS/1", "api.example.com")]
    [InlineData("get", "/accounts/1/", "api.example.com.")]
    [InlineData("GET", "/x/%2e%2e/%61ccounts/a%2Fb", "API.example.com:1")]
    [InlineData("GET", "http://api.example.com/accounts/1", "api.example.com")]
    public async Task The_spellings_are_routed(string method, string target, string name)
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.With(documents => documents.Rules[0]!["enabled"] = false), listens: true);

        (await RawRequest.SendAsync(host.Client.BaseAddress!, method, target, name)).ShouldContain($"{ShieldHost.Answered}: account\r\n");
    }

    [Theory]
    [InlineData("//accounts/1")]
    [InlineData("/accounts%2F1")]
    [InlineData("/accounts%5C1")]
    [InlineData("/accounts;x/1")]
    [InlineData("/%252e/accounts/1")]
    public async Task What_a_server_behind_could_read_as_a_protected_path_is_protected(string target)
    {
        await using var host = await ShieldHost.StartAsync(listens: true);

        (await RawRequest.SendAsync(host.Client.BaseAddress!, "GET", target, ShieldDocuments.Host)).ShouldStartWith("HTTP/1.1 403");
    }

    [Fact]
    public async Task A_get_of_routing_answers_no_head_and_both_are_protected()
    {
        await using var open = await ShieldHost.StartAsync(ShieldDocuments.With(documents => documents.Rules[0]!["enabled"] = false));
        await using var host = await ShieldHost.StartAsync();

        (await open.SendAsync("HEAD")).Endpoint.ShouldBe("fallback");
        (await host.SendAsync("HEAD")).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    [Fact]
    public async Task A_method_that_was_overridden_before_is_the_one_that_is_judged()
    {
        await using var host = await ShieldHost.StartAsync(before: app => app.UseHttpMethodOverride());

        (await host.ContextAsync(change: context =>
        {
            context.Request.Method = "POST";
            context.Request.Headers["X-HTTP-Method-Override"] = "GET";
        })).Response.StatusCode.ShouldBe(403);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_path_base_is_part_of_the_path_whoever_takes_it_off_and_when(bool isBefore)
    {
        var documents = ShieldDocuments.With(documents => documents.Operations[0]!["endpoint"] = "/v1/accounts/{id}");
        await using var host = await ShieldHost.StartAsync(
            documents,
            before: app => _ = isBefore ? app.UsePathBase("/v1") : app,
            map: app => _ = isBefore ? app : app.UsePathBase("/v1"));
        var context = await host.ContextAsync(change: context => context.Request.Path = "/V1/accounts/1");

        context.Response.StatusCode.ShouldBe(403);
        context.Request.GetEncodedPathAndQuery().ShouldBe("/V1/accounts/1");
    }

    [Fact]
    public async Task Operations_that_routing_takes_for_one_protect_each_other()
    {
        var open = Guid.NewGuid().ToString();
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents =>
        {
            documents.Operations.Add(ShieldDocuments.Operation("GET", "/Accounts/{id}/", open));
            documents.Rules[0] = ShieldDocuments.Rule(excluded: [ShieldDocuments.LoginId, open]);
        }));

        (await host.SendAsync("GET", "/accounts/1")).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync("GET", "/Accounts/1/")).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    [Fact]
    public async Task A_literal_that_is_open_is_open_beside_a_variable_that_is_not()
    {
        var open = Guid.NewGuid().ToString();
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents =>
        {
            documents.Operations.Add(ShieldDocuments.Operation("GET", "/accounts/public", open));
            documents.Rules[0] = ShieldDocuments.Rule(excluded: [ShieldDocuments.LoginId, open]);
        }));

        (await host.SendAsync("GET", "/accounts/public")).ShouldBe((HttpStatusCode.OK, "account"));
        (await host.SendAsync("GET", "/accounts/private")).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    [Theory]
    [InlineData("blog.example.com", "/accounts/1")]
    [InlineData("blog.example.com.:80", "/accounts/1")]
    [InlineData("BLOG.example.com", "//accounts/1")]
    public async Task Another_host_of_the_documents_is_no_way_around_a_rule(string name, string target)
    {
        await using var host = await ShieldHost.StartAsync(TwoHosts(), listens: true);

        (await RawRequest.SendAsync(host.Client.BaseAddress!, "GET", target, name)).ShouldStartWith("HTTP/1.1 403");
        (await RawRequest.SendAsync(host.Client.BaseAddress!, "GET", "/posts", name)).ShouldContain($"{ShieldHost.Answered}: fallback\r\n");
        (await RawRequest.SendAsync(host.Client.BaseAddress!, "GET", "/else", name)).ShouldContain($"{ShieldHost.Answered}: fallback\r\n");
    }

    [Fact]
    public async Task An_operation_that_a_host_has_itself_is_judged_by_its_own_rule()
    {
        await using var host = await ShieldHost.StartAsync(ShieldDocuments.With(documents =>
            documents.Operations.Add(ShieldDocuments.Operation("GET", "/accounts/{id}", host: "blog.example.com"))));

        (await host.SendAsync(host: "blog.example.com")).ShouldBe((HttpStatusCode.OK, "account"));
        (await host.SendAsync()).ShouldBe((HttpStatusCode.Forbidden, null));
    }

    private static ShieldDocuments TwoHosts() => ShieldDocuments.With(documents =>
        documents.Operations.Add(ShieldDocuments.Operation("GET", "/posts", host: "blog.example.com")));
}
