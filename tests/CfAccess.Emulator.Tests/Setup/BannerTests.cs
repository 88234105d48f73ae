using CfAccess.Emulator.Setup;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Emulator.Tests.Setup;

public sealed class BannerTests : EmulatorTests
{
    [Fact]
    public async Task At_start_one_reads_where_to_go_and_who_can_log_in()
    {
        var (said, emulator, address) = await StartOnSocketAsync(edge: true);

        said.ShouldContain(address);
        said.ShouldContain($"Log in           {address}/cdn-cgi/access/login");
        said.ShouldContain($"curl -H 'Authorization: Bearer {emulator.MintSecret}' -d '{{\"email\": \"alice@example.com\"}}' {address}/cdn-cgi/access/emulator/token");
        said.ShouldContain("alice@example.com  (platform)");
        said.ShouldContain("bob@example.com    (no groups)");
        var service = emulator.ServiceTokens.ShouldHaveSingleItem();
        said.ShouldContain($"curl -H 'CF-Access-Client-Id: {service.ClientId}' -H 'CF-Access-Client-Secret: {service.ClientSecret}' {address}/");
    }

    [Fact]
    public async Task Without_the_edge_there_is_nothing_to_say()
    {
        var (said, _, _) = await StartOnSocketAsync(edge: false);

        said.ShouldBeEmpty();
    }

    [Fact]
    public async Task In_a_test_server_no_secret_is_told()
    {
        using var output = new StringWriter();
        await using var app = await EmulatedApp.StartAsync(options => options.Output = output);

        output.ToString().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http://[::]:8080")]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://+:8080")]
    [InlineData("http://*:8080")]
    public void An_address_of_every_interface_is_told_as_localhost(string listening) =>
        BannerText.Of(Emulator, ListeningAddress.From(listening), AppPaths.None).ShouldContain(" http://localhost:8080");

    [Fact]
    public async Task The_addresses_are_those_of_endpoints_that_the_app_has()
    {
        var (said, _, address) = await StartOnSocketAsync(
            edge: true,
            builder => builder.Services.AddCloudflareAccess(),
            app =>
            {
                app.MapGet("/", () => "for everybody");
                app.MapGet("/orders/{id}", (int id) => id).RequireAuthorization();
                app.MapPost("/orders", () => "made").RequireAuthorization();
                app.MapGet("/orders", () => "all").RequireAuthorization();
            });

        said.ShouldContain($"Open             {address}/orders{Environment.NewLine}");
        said.ShouldContain($"' {address}/orders{Environment.NewLine}");
    }

    [Fact]
    public async Task The_services_command_calls_an_endpoint_that_the_service_may_call()
    {
        var (said, _, address) = await StartOnSocketAsync(
            edge: true,
            builder => builder.Services.AddCloudflareAccess(),
            app =>
            {
                app.MapGet("/people", () => "people").RequireAuthorization(policy => policy.RequireAccessUser());
                app.MapGet("/others", () => "others").RequireAuthorization(policy => policy.RequireAccessServiceToken("other.access"));
                app.MapGet("/robots", () => "robots").RequireAuthorization(
                    policy => policy.RequireAccessServiceToken(AccessEmulatorDefaults.ServiceTokenClientId));
            });

        said.ShouldContain($"Open             {address}/people{Environment.NewLine}");
        said.ShouldContain($"' {address}/robots{Environment.NewLine}");
    }

    [Fact]
    public async Task An_address_for_HTTP2_only_is_not_for_a_browser()
    {
        var (said, _, address) = await StartOnSocketAsync(
            edge: true,
            builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Protocols = HttpProtocols.Http2)));

        said.ShouldContain($"Listens on       {address}, for HTTP/2 without TLS only, which no browser speaks.");
        said.ShouldNotContain("  Open ");
        said.ShouldNotContain("  Log in ");
        said.ShouldNotContain("curl -H");
        said.ShouldContain("curl --http2-prior-knowledge -H 'CF-Access-Client-Id: ");
        said.ShouldContain("curl --http2-prior-knowledge -H 'Authorization: Bearer ");
    }

    private static async Task<(string Said, AccessEmulator Emulator, string Address)> StartOnSocketAsync(
        bool edge, Action<WebApplicationBuilder>? build = null, Action<WebApplication>? map = null)
    {
        using var output = new StringWriter();
        await using var app = await TestApp.StartAsync(
            builder =>
            {
                builder.AddCloudflareAccessEmulator(options =>
                    (options.Output, options.Edge, options.CreateKeyPair) = (output, edge, SharedKeyPairs.CreateSource()));
                build?.Invoke(builder);
            },
            map,
            listens: true,
            environment: "Development");
        return (output.ToString(), app.Services.GetRequiredService<AccessEmulator>(), app.Address.GetLeftPart(UriPartial.Authority));
    }
}
