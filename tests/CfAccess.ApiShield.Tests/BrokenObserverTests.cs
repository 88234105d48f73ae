using System.Diagnostics;
using System.Net;
using CfAccess.ApiShield.Tests.Setup;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace CfAccess.ApiShield.Tests;

/// <summary>A trace listener, a meter listener, or a log sink that throws changes no response, and keeps no rule from becoming active.</summary>
public sealed class BrokenObserverTests : IDisposable
{
    private readonly BrokenObservers _observers = new();

    public static TheoryData<BrokenObserver> Observers { get; } =
        [.. Enum.GetValues<BrokenObserver>().Where(observer => observer != BrokenObserver.None)];

    [Theory]
    [MemberData(nameof(Observers))]
    public async Task Requests_have_the_same_responses(BrokenObserver observer)
    {
        await using var host = await StartAsync(new ShieldDocuments());
        _observers.Broken = observer;

        (await host.SendAsync(token: host.ValidToken)).ShouldBe((HttpStatusCode.OK, "account"));
        (await host.SendAsync()).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(token: host.ValidToken + "A")).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(host: "other.example.com")).ShouldBe((HttpStatusCode.Forbidden, null));
        (await host.SendAsync(path: "/elsewhere")).ShouldBe((HttpStatusCode.OK, "fallback"));
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(BrokenObserver.Log)]
    [InlineData(BrokenObserver.LogLevel)]
    [InlineData(BrokenObserver.Measurement)]
    public async Task Changed_documents_become_active(BrokenObserver observer)
    {
        var documents = ShieldDocuments.With(documents => documents.Rules[0]!["action"] = "log");
        await using var host = await StartAsync(documents);
        _observers.Broken = observer;
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.OK);

        // Without alg the key is usable, and reported.
        documents.Rules[0]!["action"] = "block";
        documents.Configurations[0]!["credentials"]!["keys"]![0]!.AsObject().Remove("alg");
        host.Provider.Reload().ShouldNotBeEmpty();
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);

        documents.Rules[0]!["expression"] = "not valid";
        host.Provider.Reload().ShouldContain(problem => problem.Severity == ApiShieldSeverity.Error);
        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await host.SendAsync(token: host.ValidToken)).Status.ShouldBe(HttpStatusCode.OK);
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    /// <summary>An exception of a timer would end the process.</summary>
    [Theory]
    [InlineData(BrokenObserver.Log)]
    [InlineData(BrokenObserver.LogLevel)]
    public async Task A_reload_that_fails_behind_a_timer_throws_nothing(BrokenObserver observer)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Rules", Rules("log"))]).Build();
        var fragile = new FragileSource(settings.GetSection("Rules"));
        await using var host = await StartAsync(new ShieldDocuments(), options =>
        {
            options.Rules = fragile;
            options.ReloadDelay = TimeSpan.FromSeconds(1);
        });
        _observers.Broken = observer;

        fragile.IsBroken = true;
        settings["Rules"] = Rules("block");
        settings.Reload();
        host.Clock.Advance(TimeSpan.FromSeconds(1));

        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(BrokenObserver.ActivityStart)]
    [InlineData(BrokenObserver.ActivityStop)]
    public async Task No_activity_of_the_middleware_stays_the_current_one(BrokenObserver observer)
    {
        string? current = "not reached";
        await using var host = await StartAsync(
            new ShieldDocuments(),
            map: app => app.MapPatch("/accounts/{id}", () => current = Activity.Current?.OperationName));
        _observers.Broken = observer;

        await host.SendAsync("PATCH", token: host.ValidToken);

        current.ShouldNotBe("not reached");
        current.ShouldNotBe("CloudflareAccess.ApiShield");
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(BrokenObserver.Log)]
    [InlineData(BrokenObserver.LogLevel)]
    public async Task The_start_is_the_same(BrokenObserver observer)
    {
        _observers.Broken = observer;
        await using var host = await StartAsync(
            ShieldDocuments.With(documents => documents.Configurations[0]!["credentials"]!["keys"]![0]!.AsObject().Remove("alg")),
            options => options.Matching = ApiShieldMatching.Edge);

        (await host.SendAsync()).Status.ShouldBe(HttpStatusCode.Forbidden);
        _observers.Thrown.ShouldBeGreaterThan(0);
    }

    public void Dispose() => _observers.Dispose();

    private static string Rules(string action) =>
        ShieldDocuments.With(documents => documents.Rules[0]!["action"] = action).Rules.ToJsonString();

    private async Task<ShieldHost> StartAsync(
        ShieldDocuments documents, Action<ApiShieldOptions>? configure = null, Action<WebApplication>? map = null)
    {
        var host = await ShieldHost.StartAsync(documents, configure, builder => _observers.AddTo(builder.Services), map: map);
        _observers.ListenTo(host.Services);
        return host;
    }
}
