using System.IdentityModel.Tokens.Jwt;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Security.Claims;
using System.Text;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.Tests;

/// <summary>The emulator on its own, over a real socket, and an app on another port that trusts it.</summary>
public sealed class HostTests : IAsyncLifetime
{
    private AccessEmulatorHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await AccessEmulatorHost.StartAsync(
        options => options.CreateKeyPair = SharedKeyPairs.CreateSource(), "http://127.0.0.1:0", cancellationToken: TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task It_listens_on_this_machine_only_unless_told_otherwise()
    {
        new Uri(AccessEmulatorDefaults.HostAddress).Host.ShouldBe("localhost");
        var port = FreePort();
        await using var host = await AccessEmulatorHost.StartAsync(
            address: AccessEmulatorDefaults.HostAddress.Replace("5090", $"{port}", StringComparison.Ordinal),
            cancellationToken: TestContext.Current.CancellationToken);

        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(end => end.Port == port).ToList();

        listening.ShouldNotBeEmpty();
        listening.ShouldAllBe(end => IPAddress.IsLoopback(end.Address));
    }

    [Fact]
    public void Its_issuer_is_its_address() => _host.Emulator.Issuer.ShouldBe($"http://127.0.0.1:{_host.Address.Port}");

    [Fact]
    public async Task An_app_on_another_port_trusts_it_over_the_wire()
    {
        await using var app = await StartAppAsync(_host.Emulator.Issuer);
        using var scripts = new HttpClient { BaseAddress = _host.Address };
        scripts.DefaultRequestHeaders.Authorization = new("Bearer", _host.Emulator.MintSecret);
        using var body = new StringContent("""{ "email": "alice@example.com" }""", Encoding.UTF8, "application/json");
        using var minted = await scripts.PostAsync("/cdn-cgi/access/emulator/token", body, TestContext.Current.CancellationToken);
        var token = (await minted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Trim();

        using var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
        (await client.GetAsync("/me", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        client.DefaultRequestHeaders.Add("Cookie", $"CF_Authorization={token}");
        (await client.GetStringAsync("/me", TestContext.Current.CancellationToken)).ShouldBe("alice@example.com");

        // The app learns of a rotated key over the wire too.
        _host.Emulator.RotateKey();
        client.DefaultRequestHeaders.Remove("Cookie");
        client.DefaultRequestHeaders.Add("Cookie", $"CF_Authorization={_host.Emulator.LogIn("bob@example.com").Token}");
        (await client.GetStringAsync("/me", TestContext.Current.CancellationToken)).ShouldBe("bob@example.com");
    }

    [Fact]
    public async Task An_app_trusts_another_apps_emulator_as_well()
    {
        var port = FreePort();
        using var emulator = new AccessEmulator(new() { Issuer = $"http://127.0.0.1:{port}", Output = TextWriter.Null });
        var builder = Builder($"http://127.0.0.1:{port}");
        builder.AddCloudflareAccessEmulator(emulator);
        await using var first = builder.Build();
        await first.StartAsync(TestContext.Current.CancellationToken);

        await using var second = await StartAppAsync(emulator.Issuer);
        using var client = new HttpClient { BaseAddress = new(second.Urls.First()) };
        client.DefaultRequestHeaders.Add("Cookie", $"CF_Authorization={emulator.LogIn("alice@example.com").Token}");
        (await client.GetStringAsync("/me", TestContext.Current.CancellationToken)).ShouldBe("alice@example.com");
    }

    [Theory]
    [InlineData("/", HttpStatusCode.OK)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    [InlineData("/cdn-cgi/access/emulator", HttpStatusCode.OK)]
    [InlineData("/cdn-cgi/access/login", HttpStatusCode.OK)]
    [InlineData("/cdn-cgi/access/certs", HttpStatusCode.OK)]
    [InlineData("/cdn-cgi/access/get-identity", HttpStatusCode.BadRequest)]
    [InlineData("/cdn-cgi/access/logout", HttpStatusCode.OK)]
    [InlineData("/cdn-cgi/access/nothing", HttpStatusCode.NotFound)]
    public async Task It_has_the_teams_endpoints(string path, HttpStatusCode status)
    {
        using var client = new HttpClient { BaseAddress = _host.Address };

        (await client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(status);
    }

    [Fact]
    public async Task It_is_as_careful_as_inside_an_app()
    {
        using var client = new HttpClient { BaseAddress = _host.Address };
        client.DefaultRequestHeaders.Host = "evil.example";

        (await client.GetAsync("/cdn-cgi/access/login", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task It_says_at_start_where_it_is_and_what_applications_need_to_know()
    {
        using var output = new StringWriter();
        var settings = new Dictionary<string, string?>
        {
            ["CloudflareAccess:Emulator:People:0:Email"] = "carol@example.com",
            ["CloudflareAccess:Emulator:Applications:0:Audience"] = "tag-1",
        };
        await using var host = await AccessEmulatorHost.StartAsync(
            options => options.Output = output,
            "http://127.0.0.1:0",
            new ConfigurationBuilder().AddInMemoryCollection(settings).Build(),
            TestContext.Current.CancellationToken);

        var said = output.ToString();

        said.ShouldContain($"Team domain      {host.Emulator.Issuer}");
        said.ShouldContain("Audience         tag-1");
        said.ShouldContain("carol@example.com  (no groups)");
        said.ShouldContain(host.Emulator.MintSecret);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://emulator:0")]
    public async Task An_address_that_others_reach_needs_an_issuer_that_they_can_call(string address) =>
        (await Should.ThrowAsync<ArgumentException>(() =>
            AccessEmulatorHost.StartAsync(address: address, cancellationToken: TestContext.Current.CancellationToken)))
            .Message.ShouldContain("Set Issuer to the origin");

    [Fact]
    public async Task Its_dashboard_leaves_out_what_it_does_not_see()
    {
        using var client = new HttpClient { BaseAddress = _host.Address };
        _host.Emulator.LogIn("alice@example.com");

        var page = await client.GetStringAsync("/cdn-cgi/access/emulator", TestContext.Current.CancellationToken);

        page.ShouldContain("http://127.0.0.1:YOUR-PORT/");
        page.ShouldNotContain("Last requests");
        page.ShouldNotContain("CF-Access-Client-Id");
    }

    [Fact]
    public async Task Each_application_gets_tokens_of_its_own()
    {
        await using var host = await AccessEmulatorHost.StartAsync(
            options => options.Applications = [new() { Audience = "tag-1" }, new() { Audience = "tag-2", Paths = ["/2"] }],
            "http://127.0.0.1:0",
            cancellationToken: TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", host.Emulator.MintSecret);
        using var body = new StringContent("""{ "email": "alice@example.com", "audience": "tag-2" }""");

        using var response = await client.PostAsync("/cdn-cgi/access/emulator/token", body, TestContext.Current.CancellationToken);

        var token = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Trim();
        new JwtSecurityTokenHandler().ReadJwtToken(token).Audiences.ShouldBe(["tag-2"]);
    }

    [Fact]
    public async Task Wrong_options_stop_the_start() => await Should.ThrowAsync<OptionsValidationException>(() =>
        AccessEmulatorHost.StartAsync(
            options => options.SessionDuration = TimeSpan.Zero,
            "http://127.0.0.1:0",
            cancellationToken: TestContext.Current.CancellationToken));

    [Fact]
    public async Task An_address_in_use_stops_the_start() => await Should.ThrowAsync<IOException>(() =>
        AccessEmulatorHost.StartAsync(address: $"http://127.0.0.1:{_host.Address.Port}", cancellationToken: TestContext.Current.CancellationToken));

    private static async Task<WebApplication> StartAppAsync(string issuer)
    {
        var builder = Builder("http://127.0.0.1:0");
        builder.Services.AddCloudflareAccess(options =>
        {
            options.TeamDomain = issuer;
            options.AllowCustomTeamDomain = true;
            options.Audiences = [AccessEmulatorDefaults.Audience];
        });
        var app = builder.Build();
        app.MapGet("/me", (ClaimsPrincipal user) => user.GetAccessEmail()).RequireAuthorization();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static WebApplicationBuilder Builder(string url)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseUrls(url);
        builder.Logging.ClearProviders();
        return builder;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
