using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Connections;

/// <summary>The token comes with whatever a browser sends; pages of other sites get nothing by it.</summary>
public sealed class PageOriginTests
{
    private const string Named = "https://www.example.com";

    [Theory]
    [InlineData("app.example.com", "https://app.example.com")]
    [InlineData("APP.example.com", "https://app.example.com")]
    [InlineData("app.example.com:443", "https://app.example.com")]
    [InlineData("app.example.com:8443", "https://app.example.com:8443")]
    [InlineData("localhost:5083", "http://localhost:5083")]
    [InlineData("app.localhost:5083", "http://app.localhost:5083")]
    [InlineData("127.0.0.1:5083", "http://127.0.0.1:5083")]
    [InlineData("[::1]:5083", "http://[::1]:5083")]
    [InlineData("app.example.com", Named)]
    public async Task Own_and_named_pages_are_let_in(string host, string origin) => (await StatusAsync(host, ("Origin", origin))).ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://app.example.com.evil.example")]
    [InlineData("https://evil.app.example.com")]
    [InlineData("https://example.com")]
    [InlineData("https://app.example.com:8443")]
    [InlineData("http://app.example.com")]
    [InlineData("http://www.example.com")]
    [InlineData("https://www.example.com:8443")]
    [InlineData("https://app.example.com/")]
    [InlineData("https://app.example.com@evil.example")]
    [InlineData("https://evil.example#https://app.example.com")]
    [InlineData("ftp://app.example.com")]
    [InlineData("app.example.com")]
    [InlineData("null")]
    [InlineData("https://")]
    [InlineData("https://app.example.com, https://evil.example")]
    [InlineData("https://app.example.com https://app.example.com")]
    public async Task Pages_of_others_are_refused(string origin)
    {
        (await StatusAsync("app.example.com", ("Origin", origin))).ShouldBe(HttpStatusCode.Forbidden);

        // What a browser says of the site does not outweigh the origin.
        (await StatusAsync("app.example.com", ("Origin", origin), ("Sec-Fetch-Site", "same-origin"))).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Of_two_origins_none_counts() =>
        (await StatusAsync("app.example.com", ("Origin", "https://app.example.com"), ("Origin", "https://evil.example")))
            .ShouldBe(HttpStatusCode.Forbidden);

    [Theory]
    [InlineData("Origin")]
    [InlineData("Sec-Fetch-Site")]
    public async Task An_empty_header_is_no_missing_one(string header)
    {
        await using var host = await StartAsync();

        var context = await host.Server.SendAsync(request =>
        {
            request.Request.Path = "/anyone";
            request.Request.Headers[header] = string.Empty;
        });

        context.Response.StatusCode.ShouldBe(403);
    }

    [Theory]
    [InlineData("xn--bcher-kva.example", "https://xn--bcher-kva.example", 200)]
    [InlineData("xn--bcher-kva.example", "https://evil.example", 403)]
    public async Task Names_of_other_alphabets_are_compared_as_they_are_sent(string name, string origin, int status)
    {
        await using var host = await StartAsync();

        var context = await host.Server.SendAsync(request =>
        {
            request.Request.Path = "/anyone";
            request.Request.Headers.Host = name;
            request.Request.Headers.Origin = origin;
        });

        context.Response.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData(null, HttpStatusCode.OK)]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData("none", HttpStatusCode.OK)]
    [InlineData("same-site", HttpStatusCode.Forbidden)]
    [InlineData("cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Same-Origin", HttpStatusCode.Forbidden)]
    public async Task Without_an_origin_the_browser_says_whose_page_it_is(string? site, HttpStatusCode status) =>
        (await StatusAsync("app.example.com", site is null ? [] : [("Sec-Fetch-Site", site)])).ShouldBe(status);

    [Theory]
    [InlineData("/chat/negotiate?negotiateVersion=1", "POST")]
    [InlineData("/chat?id=1", "GET")]
    [InlineData("/chat?id=1", "POST")]
    [InlineData("/chat?id=1", "DELETE")]
    [InlineData("/attributed", "GET")]
    [InlineData("/conventional/index", "GET")]
    [InlineData("/grouped", "GET")]
    [InlineData("/anyone", "GET")]
    public async Task It_stands_before_every_kind_of_endpoint(string path, string method)
    {
        await using var host = await StartAsync();

        (await StatusAsync(host, path, method, "https://evil.example")).ShouldBe(HttpStatusCode.Forbidden);
        host.Log.Named("ForeignPageRefused").ShouldHaveSingleItem().Message.ShouldNotContain("evil");
        (await StatusAsync(host, path, method, "https://app.example.com")).ShouldNotBe(HttpStatusCode.Forbidden);
        host.Log.Named("ForeignPageRefused").Count().ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_token_it_is_401_whatever_the_origin()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync("/grouped", ("Origin", "https://evil.example"));

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_refusal_is_kept_by_no_cache()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync("/anyone", ("Origin", "https://evil.example"));

        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://www.example.com")]
    [InlineData("https://www.example.com/")]
    [InlineData("https://*.example.com")]
    [InlineData("https://bücher.example")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("")]
    public async Task An_origin_that_is_none_is_refused_where_it_is_written(string origin)
    {
        await using var host = await AccessHost.StartAsync(map: app =>
            Should.Throw<ArgumentException>(() => app.MapGet("/x", () => "in").RequireAccessSameOrigin(origin)).Message
                .ShouldStartWith($"'{origin}' is no origin whose pages may be let in."));

        host.Log.Entries.ShouldNotBeEmpty();
    }

    private static async Task<HttpStatusCode> StatusAsync(string hostHeader, params (string Name, string Value)[] headers)
    {
        await using var host = await StartAsync();
        using var response = await host.GetAsync(
            "/anyone", [("Host", hostHeader), .. headers]);
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(AccessHost host, string path, string method, string origin)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add(CloudflareAccessDefaults.AssertionHeader, host.Minter.MintPerson());
        request.Headers.Host = "app.example.com";
        request.Headers.Add("Origin", origin);
        using var response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }

    private static Task<AccessHost> StartAsync() => AccessHost.StartAsync(
        options => options.GroupsClaim = "groups",
        builder =>
        {
            builder.Services.AddSignalR();
            builder.Services.AddControllers().AddApplicationPart(typeof(PageOriginTests).Assembly);
        },
        app =>
        {
            app.MapHub<Chat>("/chat").RequireAuthorization().RequireAccessSameOrigin(Named);
            app.MapControllers().RequireAuthorization().RequireAccessSameOrigin(Named);
            app.MapControllerRoute("all", "conventional/{action}", new { controller = "Conventional" })
                .RequireAuthorization().RequireAccessSameOrigin(Named);
            app.MapGet("/anyone", () => "in").AllowAnonymous().RequireAccessSameOrigin(Named);
            app.MapGroup("/").RequireAuthorization().RequireAccessSameOrigin(Named).MapGet("/grouped", () => "in");
        });

    private sealed class Chat : Hub;
}

public sealed class AttributedController : ControllerBase
{
    [HttpGet("/attributed")]
    public IActionResult Get() => Ok();
}

public sealed class ConventionalController : ControllerBase
{
    public IActionResult Index() => Ok();
}
