using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Tests.Callers;

public sealed class LocalCallerTests : EmulatedAppTests
{
    private const string Login = "/cdn-cgi/access/login";

    [Theory]
    [InlineData("192.0.2.7", 403)]
    [InlineData("::ffff:192.0.2.7", 403)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("127.8.8.8", 200)]
    [InlineData("::1", 200)]
    [InlineData("::ffff:127.0.0.1", 200)]
    public async Task Only_this_machine_sees_the_login(string peer, int status)
    {
        var app = App;

        (await StatusAsync(app, context => context.Connection.RemoteIpAddress = IPAddress.Parse(peer))).ShouldBe(status);
    }

    [Theory]
    [InlineData("Cf-Ray", "8f0a-AMS")]
    [InlineData("Cf-Connecting-Ip", "127.0.0.1")]
    public async Task Nobody_sees_the_login_through_Cloudflare(string name, string value)
    {
        var app = App;

        (await StatusAsync(app, context => context.Request.Headers[name] = value)).ShouldBe(403);
    }

    [Fact]
    public void A_peer_without_an_address_is_not_this_machine_but_in_a_test_server()
    {
        using var services = new ServiceCollection().BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services, Request = { Host = new("localhost") } };

        App.Emulator.LocalCallers.Refusal(context).ShouldNotBeNull().ShouldContain("this request came from another");
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        App.Emulator.LocalCallers.Refusal(context).ShouldBeNull();
    }

    [Theory]
    [InlineData("localhost:5080", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("app.localhost", 200)]
    [InlineData("127.0.0.1:5080", 200)]
    [InlineData("[::1]:5080", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("evillocalhost", 403)]
    [InlineData("192.0.2.7", 403)]
    public async Task Only_a_local_host_name_shows_the_login(string host, int status)
    {
        var app = App;

        (await StatusAsync(app, context => context.Request.Host = new(host))).ShouldBe(status);
    }

    [Theory]
    [InlineData("/cdn-cgi/access/logout")]
    [InlineData("/cdn-cgi/access/get-identity")]
    [InlineData("/cdn-cgi/access/emulator/token")]
    public async Task The_other_pages_are_as_local(string path)
    {
        var app = App;

        (await StatusAsync(app, context => (context.Request.Path, context.Request.Host) = (path, new("evil.example")))).ShouldBe(403);
        (await StatusAsync(app, context => (context.Request.Path, context.Request.Headers["Cf-Ray"]) = (path, "x"))).ShouldBe(403);
    }

    [Fact]
    public async Task Everyone_sees_the_public_keys()
    {
        var app = App;

        (await StatusAsync(app, context =>
        {
            context.Request.Path = "/cdn-cgi/access/certs";
            context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
        })).ShouldBe(200);
    }

    [Theory]
    [InlineData("PUT", Login)]
    [InlineData("POST", "/cdn-cgi/access/logout")]
    [InlineData("POST", "/cdn-cgi/access/certs")]
    [InlineData("GET", "/cdn-cgi/access/emulator/token")]
    public async Task Another_method_is_told_which_are_allowed(string method, string path)
    {
        var app = App;

        (await StatusAsync(app, context => (context.Request.Method, context.Request.Path) = (method, path))).ShouldBe(405);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "192.0.2.7", 403)]
    [InlineData("X-Forwarded-For", "127.0.0.1, 192.0.2.7", 403)]
    [InlineData("X-Forwarded-For", "192.0.2.7, 127.0.0.1", 403)]
    [InlineData("X-Forwarded-For", "unknown", 403)]
    [InlineData("X-Forwarded-For", "", 403)]
    [InlineData("X-Real-IP", "2001:db8::7", 403)]
    [InlineData("X-Forwarded-Host", "app.example", 403)]
    [InlineData("X-Forwarded-Host", "localhost:5080, app.example:80", 403)]
    [InlineData("X-Forwarded-Host", "localhost:5173", 200)]
    [InlineData("Forwarded", "for=192.0.2.7;proto=https", 403)]
    [InlineData("Forwarded", "proto=https;For=\"[2001:db8::7]:4711\"", 403)]
    [InlineData("Forwarded", "proto=https", 403)]
    [InlineData("X-Forwarded-For", "127.0.0.1, ::1", 200)]
    [InlineData("X-Real-IP", "127.0.0.1:4711", 200)]
    [InlineData("Forwarded", "for=\"[::1]:4711\";proto=https, for=127.0.0.1", 200)]
    public async Task A_proxy_on_this_machine_does_not_let_others_in(string name, string value, int status)
    {
        var app = App;

        (await StatusAsync(app, context => context.Request.Headers[name] = value)).ShouldBe(status);
    }

    [Fact]
    public async Task Code_can_name_other_networks_and_other_hosts()
    {
        await using var app = await EmulatedApp.StartAsync(options =>
        {
            options.AllowedNetworks.Add(IPNetwork.Parse("192.0.2.0/24"));
            options.AllowedHosts = ["app.test"];
        });

        (await StatusAsync(app, context => context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7"))).ShouldBe(200);
        (await StatusAsync(app, context => context.Connection.RemoteIpAddress = IPAddress.Parse("::ffff:192.0.2.7"))).ShouldBe(200);
        (await StatusAsync(app, context => context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.3.7"))).ShouldBe(403);
        (await StatusAsync(app, context => context.Request.Host = new("APP.test:5080"))).ShouldBe(200);
        (await StatusAsync(app, context => context.Request.Host = new("sub.app.test"))).ShouldBe(403);
    }

    private static async Task<int> StatusAsync(EmulatedApp app, Action<HttpContext> change)
    {
        var context = await app.Server.SendAsync(
            context =>
            {
                context.Request.Path = Login;
                context.Request.Host = new("localhost");
                change(context);
            },
            TestContext.Current.CancellationToken);
        return context.Response.StatusCode;
    }
}
