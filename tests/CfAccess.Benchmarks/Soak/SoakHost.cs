using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Benchmarks.Soak;

/// <summary>The application under test, on Kestrel and the real clock.</summary>
internal sealed class SoakHost : TestApp
{
    private SoakHost(string issuer, FetchLedger ledger)
        : base(builder => Add(builder.Services, issuer, ledger), listens: true, isWatched: false)
    {
        App.UseRouting();
        App.UseAuthentication();
        App.UseAuthorization();
        App.MapGet("/me", () => "Hello").RequireAuthorization();
    }

    public Uri Url => new(Address, "/me");

    public static Task<SoakHost> StartAsync(string issuer, FetchLedger ledger) => StartAsync(new SoakHost(issuer, ledger));

    private static void Add(IServiceCollection services, string issuer, FetchLedger ledger)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(ledger);
        services.AddTransient<FetchWitness>();
        services.AddCloudflareAccess(options => Configure(options, issuer));
        services.AddHealthChecks().AddCloudflareAccess();
        services.AddHttpClient(CloudflareAccessDefaults.KeysHttpClient).AddHttpMessageHandler<FetchWitness>();
    }

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
