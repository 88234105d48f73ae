using System.Diagnostics;
using System.Diagnostics.Metrics;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.Diagnostics;

// Logged as applications do it.
#pragma warning disable CA1848, CA1873

/// <summary>The watch that every host of the tests is under: it sees what an application tells, however it tells it.</summary>
public sealed class LeakTests
{
    private const string Secret = "sentinel-of-a-client-secret";

    private static readonly Dictionary<string, Action<IServiceProvider, string>> Ways = new(StringComparer.Ordinal)
    {
        ["message"] = (services, text) => LogOf(services).LogDebug("It is {What}", text),
        ["text"] = (services, text) => LogOf(services).Log(LogLevel.Trace, default, 0, null, (_, _) => text),
        ["state"] = (services, text) =>
            LogOf(services).Log(LogLevel.Trace, default, new[] { KeyValuePair.Create("What", (object?)text) }, null, (_, _) => "hidden"),
        ["list"] = (services, text) =>
            LogOf(services).Log(LogLevel.Trace, default, new[] { KeyValuePair.Create("All", (object?)new[] { "", text }) }, null, (_, _) => "hidden"),
        ["scope"] = (services, text) => LogOf(services).BeginScope("Work of {Who}", text)?.Dispose(),
        ["exception"] = (services, text) =>
            LogOf(services).LogError(new InvalidOperationException("outer", new FormatException($"Not this: '{text}'.")), "It failed"),
        ["metric"] = (services, text) => services.GetRequiredService<IMeterFactory>().Create("CfAccess")
            .CreateCounter<long>("canary").Add(1, new KeyValuePair<string, object?>("who", text)),
        ["gauge"] = (services, text) => services.GetRequiredService<IMeterFactory>().Create("CfAccess")
            .CreateObservableGauge("canary", () => new Measurement<double>(1, new KeyValuePair<string, object?>("who", text))),
        ["activity tag"] = (services, text) => Trace(services, activity => activity.SetTag("who", text)),
        ["activity event"] = (services, text) =>
            Trace(services, activity => activity.AddEvent(new("seen", tags: new() { ["who"] = text }))),
        ["activity status"] = (services, text) => Trace(services, activity => activity.SetStatus(ActivityStatusCode.Error, text)),
    };

    public static MatrixTheoryData<string, string> Leaks { get; } = new(Ways.Keys, ["token", "e-mail", "secret"]);

    [Theory]
    [MemberData(nameof(Leaks))]
    public async Task Whoever_tells_a_secret_fails(string way, string what)
    {
        var host = await AccessHost.StartAsync();
        var text = what switch { "token" => host.Minter.MintPerson(), "e-mail" => "bob@shop.example", _ => Secret };

        Ways[way](host.Services, text);

        (await Should.ThrowAsync<SecretLeakException>(async () => await host.DisposeAsync())).Message.ShouldContain(text);
    }

    [Theory]
    [InlineData(TestTeam.Subject)]
    [InlineData(TestTeam.ClientId)]
    [InlineData(Sentinels.Kid + "0011")]
    public async Task So_does_who_tells_a_claim_or_a_kid(string text)
    {
        var host = await AccessHost.StartAsync();

        LogOf(host.Services).LogInformation("Hello {Who}", text);

        await Should.ThrowAsync<SecretLeakException>(async () => await host.DisposeAsync());
    }

    [Fact]
    public async Task Who_tells_nothing_passes()
    {
        await using var host = await AccessHost.StartAsync();
        foreach (var way in Ways.Values)
        {
            way(host.Services, "an innocent word, 5e, eyJ, a@b, https://acme.cloudflareaccess.com");
        }

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task Another_host_is_not_blamed()
    {
        await using var innocent = await AccessHost.StartAsync();
        var guilty = await AccessHost.StartAsync();

        foreach (var way in Ways.Values)
        {
            way(guilty.Services, Secret);
        }

        await Should.ThrowAsync<SecretLeakException>(async () => await guilty.DisposeAsync());
    }

    private static ILogger LogOf(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger("Shop");

    private static void Trace(IServiceProvider services, Action<Activity> tell)
    {
        using var activity = services.GetRequiredKeyedService<ActivitySource>(CloudflareAccessDefaults.DiagnosticsName).StartActivity("canary");
        tell(activity.ShouldNotBeNull());
    }
}
