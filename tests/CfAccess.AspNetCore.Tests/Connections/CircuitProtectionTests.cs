using System.Net;
using CfAccess.AspNetCore.Tests.Authorization.Places;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Connections;

/// <summary>Who can open a circuit, and what the application has to call for it.</summary>
public sealed class CircuitProtectionTests
{
    private static readonly Dictionary<string, Action<WebApplication>> Protected = new()
    {
        ["components"] = app => app.MapRazorComponents<RootComponent>().AddInteractiveServerRenderMode().ProtectCircuitsWithAccess(),
        ["components, called before"] = app => app.MapRazorComponents<RootComponent>().ProtectCircuitsWithAccess().AddInteractiveServerRenderMode(),
        ["hub"] = app => app.MapBlazorHub().ProtectCircuitsWithAccess(),
        ["group"] = app => app.MapGroup(string.Empty).ProtectCircuitsWithAccess().MapRazorComponents<RootComponent>().AddInteractiveServerRenderMode(),
        ["group with a hub"] = app => app.MapGroup(string.Empty).ProtectCircuitsWithAccess().MapBlazorHub(),
    };

    private static readonly Dictionary<string, Action<WebApplication>> Others = new()
    {
        ["no circuits"] = app => app.MapRazorComponents<RootComponent>().ProtectCircuitsWithAccess(),
        ["unknown scheme"] = app =>
            app.MapRazorComponents<RootComponent>().AddInteractiveServerRenderMode().ProtectCircuitsWithAccess("Partner", []),
        ["unprotected components"] = app => app.MapRazorComponents<RootComponent>().AddInteractiveServerRenderMode(),
        ["unprotected hub"] = app => app.MapBlazorHub(),
    };

    public static TheoryData<string> ProtectedSetups => [.. Protected.Keys];

    [Theory]
    [MemberData(nameof(ProtectedSetups))]
    public async Task A_circuit_opens_for_a_valid_token_or_no_token_of_the_own_origin_only(string setup)
    {
        await using var host = await StartAsync(setup);
        var person = host.Minter.MintPerson();

        (await NegotiateAsync(host, person)).ShouldBe(HttpStatusCode.OK);
        (await NegotiateAsync(host, person, "https://app.example.com")).ShouldBe(HttpStatusCode.OK);
        (await NegotiateAsync(host, null)).ShouldBe(HttpStatusCode.OK);
        (await NegotiateAsync(host, person, "https://evil.example")).ShouldBe(HttpStatusCode.Forbidden);
        (await NegotiateAsync(host, person, "null")).ShouldBe(HttpStatusCode.Forbidden);
        (await NegotiateAsync(host, person, "https://app.example.com:8443")).ShouldBe(HttpStatusCode.Forbidden);
        (await NegotiateAsync(host, null, "https://evil.example")).ShouldBe(HttpStatusCode.Forbidden);
        (await NegotiateAsync(host, "garbage")).ShouldBe(HttpStatusCode.Unauthorized);
        host.Clock.Advance(TimeSpan.FromHours(2));
        (await NegotiateAsync(host, person)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_circuit_does_not_open_while_signing_keys_are_unavailable()
    {
        await using var host = await StartAsync("components");
        host.Endpoint.Fail();

        (await NegotiateAsync(host, host.Minter.MintPerson())).ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [MemberData(nameof(ProtectedSetups))]
    public async Task Every_endpoint_of_a_circuit_is_protected_and_closes_with_the_token(string setup)
    {
        await using var host = await StartAsync(setup);
        var circuits = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.Contains("_blazor", StringComparison.Ordinal)).ToList();

        circuits.Count.ShouldBeGreaterThan(2);
        circuits.SelectMany(endpoint => endpoint.Metadata.GetOrderedMetadata<HttpConnectionDispatcherOptions>())
            .ShouldHaveSingleItem().CloseOnAuthenticationExpiration.ShouldBeTrue();
        foreach (var path in circuits.Where(_ => !setup.StartsWith("group with", StringComparison.Ordinal)).Select(endpoint => endpoint.RoutePattern.RawText!))
        {
            using var foreign = await host.GetAsync(path, ("Origin", "https://evil.example"));
            foreign.StatusCode.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.MethodNotAllowed);
        }
    }

    [Fact]
    public async Task A_page_opens_by_a_link_from_another_site()
    {
        await using var host = await StartAsync("components");

        using var response = await host.GetAsync("/", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"));

        response.StatusCode.ShouldNotBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_application_that_protects_no_circuits_with_it_does_not_start()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync("no circuits"));

        failure.Message.ShouldContain("ProtectCircuitsWithAccess() finds no circuits here");
    }

    [Fact]
    public async Task An_application_that_names_an_unknown_scheme_does_not_start()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync("unknown scheme"));

        failure.Message.ShouldContain("'Partner', which is not a Cloudflare Access scheme");
    }

    [Theory]
    [InlineData("components", false)]
    [InlineData("hub", false)]
    [InlineData("unprotected components", true)]
    [InlineData("unprotected hub", true)]
    public async Task Circuits_without_protection_are_a_warning_at_start(string setup, bool warns)
    {
        await using var host = await StartAsync(setup);

        host.Log.Named("CircuitsUnprotected").Count().ShouldBe(warns ? 1 : 0);
    }

    private static Task<AccessHost> StartAsync(string setup) => AccessHost.StartAsync(
        options => options.GroupsClaim = "groups",
        builder =>
        {
            builder.Services.AddRazorComponents().AddInteractiveServerComponents();
            builder.Services.AddAuthorizationBuilder().AddPolicy(PlacesApp.People, policy => policy.RequireAuthenticatedUser());
        },
        app =>
        {
            app.UseAntiforgery();
            (Protected.GetValueOrDefault(setup) ?? Others[setup])(app);
        });

    private static async Task<HttpStatusCode> NegotiateAsync(AccessHost host, string? token, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        request.Headers.Host = "app.example.com";
        if (token is not null)
        {
            request.Headers.Add(CloudflareAccessDefaults.AssertionHeader, token);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }
}
