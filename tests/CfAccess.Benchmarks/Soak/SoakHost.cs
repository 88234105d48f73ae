using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Benchmarks.Soak;

/// <summary>The application under test, on Kestrel and the real clock.</summary>
internal sealed class SoakHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SoakHost(WebApplication app) => _app = app;

    public Uri Url => new(new Uri(_app.Urls.Single()), "/me");

    public static async Task<SoakHost> StartAsync(string issuer, FetchLedger ledger)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(options => options.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        builder.Services.AddSingleton(ledger);
        builder.Services.AddTransient<FetchWitness>();
        builder.Services.AddCloudflareAccess(options => Configure(options, issuer));
        builder.Services.AddHealthChecks().AddCloudflareAccess();
        builder.Services.AddHttpClient(CloudflareAccessDefaults.KeysHttpClient).AddHttpMessageHandler<FetchWitness>();

        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/me", () => "Hello").RequireAuthorization();
        await app.StartAsync();
        return new SoakHost(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static void Configure(CloudflareAccessOptions options, string issuer)
    {
        options.TeamDomain = issuer;
        options.AllowCustomTeamDomain = true;
        options.Audiences = [TestTeam.Audience];
        options.ClockSkew = TimeSpan.Zero;
        options.IncludeErrorDetails = true;
        options.Keys.Cooldown = SoakTimings.Cooldown;
        options.Keys.FetchTimeout = SoakTimings.FetchTimeout;
        options.Keys.WaitBudget = SoakTimings.WaitBudget;
        options.Keys.RefreshInterval = SoakTimings.RefreshInterval;
        options.Keys.MaximumStaleness = SoakTimings.MaximumStaleness;
        options.Keys.RetryDelay = SoakTimings.RetryDelay;
        options.Keys.MaximumRetryDelay = SoakTimings.MaximumRetryDelay;
    }
}
