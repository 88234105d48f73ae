using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Answers;

public sealed class SignOutTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("/goodbye")]
    [InlineData("https://evil.example/")]
    public async Task Signing_out_leads_to_the_logout_of_this_host(string? redirectUri)
    {
        await using var host = await AccessHost.StartAsync(map: app => app.MapGet(
            "/out", (HttpContext context) => context.SignOutAsync(new AuthenticationProperties { RedirectUri = redirectUri })));
        using var response = await host.GetAsync(host.Minter.MintPerson(), "/out");

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.OriginalString.ShouldBe("/cdn-cgi/access/logout");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Whoever_is_not_logged_in_may_sign_out_too()
    {
        await using var host = await AccessHost.StartAsync(map: app =>
            app.MapPost("/out", () => Results.SignOut(authenticationSchemes: ["CloudflareAccess"])));
        using var response = await host.Client.PostAsync("/out", content: null, TestContext.Current.CancellationToken);

        response.Headers.Location!.OriginalString.ShouldBe("/cdn-cgi/access/logout");
    }

    [Fact]
    public async Task Below_a_base_the_logout_is_at_the_root_of_the_host()
    {
        await using var host = await AccessHost.StartAsync(map: app =>
        {
            app.UsePathBase("/base");
            app.UseRouting();
            app.MapGet("/out", (HttpContext context) => context.SignOutAsync());
        });
        using var response = await host.GetAsync(token: null, "/base/out");

        response.Headers.Location!.OriginalString.ShouldBe("/cdn-cgi/access/logout");
    }

    [Fact]
    public async Task With_another_schemes_sign_out_before_it_the_logout_is_where_it_leads()
    {
        await using var host = await AccessHost.StartAsync(
            build: builder => builder.Services.AddAuthentication().AddCookie(),
            map: app => app.MapGet("/out", () => Results.SignOut(
                new AuthenticationProperties { RedirectUri = "/goodbye" }, [CookieAuthenticationDefaults.AuthenticationScheme, "CloudflareAccess"])));
        using var response = await host.GetAsync(token: null, "/out");

        response.Headers.Location!.OriginalString.ShouldBe("/cdn-cgi/access/logout");
        response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldStartWith(".AspNetCore.Cookies=;");
    }

    [Fact]
    public async Task It_can_be_forwarded_to_another_scheme()
    {
        await using var host = await AccessHost.StartAsync(
            options => options.ForwardSignOut = CookieAuthenticationDefaults.AuthenticationScheme,
            builder => builder.Services.AddAuthentication().AddCookie(),
            app => app.MapGet("/out", (HttpContext context) => context.SignOutAsync()));
        using var response = await host.GetAsync(token: null, "/out");

        response.Headers.Location.ShouldBeNull();
        response.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem().ShouldStartWith(".AspNetCore.Cookies=;");
    }
}
