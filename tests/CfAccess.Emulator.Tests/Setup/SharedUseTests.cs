using System.Net;
using System.Security.Claims;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Emulator.Tests.Setup;

/// <summary>An emulator that exists already, before one application or several.</summary>
public sealed class SharedUseTests : EmulatorTests
{
    [Fact]
    public async Task Replicas_of_an_app_share_an_emulator_and_its_logins()
    {
        await using var first = await StartAsync(Emulator);
        await using var second = await StartAsync(Emulator);
        var token = Emulator.LogIn("alice@example.com").Token;

        foreach (var app in new[] { first, second })
        {
            app.Client.DefaultRequestHeaders.Add("Cookie", $"CF_Authorization={token}");
            (await app.Client.GetStringAsync("/me", TestContext.Current.CancellationToken)).ShouldBe("alice@example.com");
        }
    }

    [Fact]
    public async Task Its_clock_is_the_apps()
    {
        await using var app = await StartAsync(Emulator);
        var session = Emulator.LogIn("alice@example.com");

        // The clock of the tests stands where the system's does not, so a token of now is none by the system's clock.
        (await app.GetAsync("/me", ("Cookie", $"CF_Authorization={session.Token}"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        Math.Abs((Clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).TotalDays).ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_replaces_the_one_that_the_app_would_make(bool first)
    {
        await using var app = await StartAsync(Emulator, builder =>
        {
            if (first)
            {
                builder.AddCloudflareAccessEmulator(Emulator);
            }

            builder.AddCloudflareAccessEmulator(options => options.People = []);
            if (!first)
            {
                builder.AddCloudflareAccessEmulator(Emulator);
            }
        });

        app.Services.GetRequiredService<AccessEmulator>().ShouldBeSameAs(Emulator);
        app.Services.GetServices<AccessEmulator>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task It_outlives_the_app()
    {
        var app = await StartAsync(Emulator);
        await app.DisposeAsync();

        Emulator.MintPersonToken("alice@example.com").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_host_is_turned_over_to_it_in_one_line()
    {
        using var host = new HostBuilder()
            .UseEnvironment("Development")
            .ConfigureWebHost(web => web
                .UseTestServer()
                .ConfigureServices(services => services.AddSecretWatch().AddRouting().AddCloudflareAccess())
                .Configure(app => app.UseRouting().UseAuthentication().UseAuthorization()
                    .UseEndpoints(routes => routes.MapGet("/me", (ClaimsPrincipal user) => user.GetAccessEmail()).RequireAuthorization()))
                .UseCloudflareAccessEmulator(Emulator))
            .Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        using var client = host.GetTestClient().AsAccessUser(Emulator, "bob@example.com");

        (await client.GetStringAsync("/me", TestContext.Current.CancellationToken)).ShouldBe("bob@example.com");
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Test")]
    public async Task Outside_Development_it_stops_the_start_unless_its_own_options_allow_it(string environment)
    {
        (await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(Emulator, environment: environment)))
            .Message.ShouldContain("AllowOutsideDevelopment");

        using var allowed = new AccessEmulator(new() { AllowOutsideDevelopment = true }, Clock);
        await using var app = await StartAsync(allowed, environment: environment);
        app.Services.GetRequiredService<AccessEmulator>().ShouldBeSameAs(allowed);
    }

    [Fact]
    public void Two_emulators_share_nothing()
    {
        using var other = new AccessEmulator(timeProvider: Clock);
        var session = Emulator.LogIn("alice@example.com");

        other.PublishedKeyIds.Intersect(Emulator.PublishedKeyIds).ShouldBeEmpty();
        other.MintSecret.ShouldNotBe(Emulator.MintSecret);
        other.Revoke(session.Token).ShouldBeFalse();
        other.KeysEndpointFails = true;
        other.RotateKey();
        Emulator.KeysEndpointFails.ShouldBeFalse();
        Emulator.Revoke(session.Token).ShouldBeTrue();
    }

    private static Task<TestApp> StartAsync(
        AccessEmulator emulator, Action<WebApplicationBuilder>? add = null, string environment = "Development") => TestApp.StartAsync(
            builder =>
            {
                builder.Services.AddCloudflareAccess();
                (add ?? (one => one.AddCloudflareAccessEmulator(emulator)))(builder);
            },
            app => app.MapGet("/me", (ClaimsPrincipal user) => user.GetAccessEmail()).RequireAuthorization(),
            environment: environment);
}
