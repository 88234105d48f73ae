using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using CfAccess.ApiShield;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

/// <summary>An application that uses all of the library, and what it measures and traces. Other tests' hosts may be heard too.</summary>
public sealed class UsedHost : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, bool> _instruments = new();
    private readonly ConcurrentDictionary<(string Instrument, string Key, string Value), bool> _tags = new();
    private readonly ConcurrentDictionary<string, bool> _activities = new();

    /// <summary>As the table has them.</summary>
    public IEnumerable<string> Instruments => _instruments.Keys;

    public IEnumerable<(string Instrument, string Key, string Value)> Tags => _tags.Keys;

    /// <summary>The names of activities, each with one of its tags.</summary>
    public IEnumerable<string> ActivityTags => _activities.Keys;

    public async ValueTask InitializeAsync()
    {
        using var meters = Listen();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == CloudflareAccessDefaults.DiagnosticsName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => activity.TagObjects.ToList().ForEach(tag => _activities[$"{activity.OperationName} {tag.Key}"] = true),
        };
        ActivitySource.AddActivityListener(activities);
        await using var host = await AccessHost.StartAsync(
            build: builder =>
            {
                builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
                builder.Services.AddDistributedMemoryCache();
                builder.Services.AddCloudflareAccessExternalEvaluation(options => options.KeysInDistributedCache = true);
                builder.Services.AddApiShield(options =>
                {
                    options.Configurations = ApiShieldDocumentSource.FromFile("api-shield/token-configurations.json");
                    options.Rules = ApiShieldDocumentSource.FromFile("api-shield/token-rules.json");
                    options.Operations = ApiShieldDocumentSource.FromFile("api-shield/operations.json");
                    options.UnknownHosts = ApiShieldUnknown.Allow;
                });
            },
            map: app =>
            {
                app.UseApiShield();
                app.MapAccessExternalEvaluation("/evaluate", (_, _) => Task.FromResult(true));
                app.MapGet("/person", () => "in").RequireAuthorization(policy => policy.RequireAccessIdentity());
            });

        await UseAsync(host);
        meters.RecordObservableInstruments();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task UseAsync(AccessHost host)
    {
        var token = host.Minter.MintPerson();
        var strangers = new TokenMinter(host.Clock, TestKey.Get("next"));
        await host.StatusAsync(token);
        await host.StatusAsync(token, "/person");
        await host.StatusAsync(strangers.MintPerson());
        await host.GetAsync("/accounts", ("Host", "api.example.com"));
        using var noRequest = new StringContent("{}");
        await host.Client.PostAsync("/evaluate", noRequest);
        host.Services.GetRequiredService<ApiShieldRuleSetProvider>().Reload();
        await host.Fetches.EndedAsync(1);
    }

    private MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == CloudflareAccessDefaults.DiagnosticsName)
                {
                    _instruments[$"| `{instrument.Name}` | {KindOf(instrument)} | {instrument.Unit} |"] = true;
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>(Keep);
        listener.SetMeasurementEventCallback<long>(Keep);
        listener.SetMeasurementEventCallback<double>(Keep);
        listener.Start();
        return listener;
    }

    private void Keep<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        foreach (var tag in tags)
        {
            _tags[(instrument.Name, tag.Key, $"{tag.Value}")] = true;
        }
    }

    private static string KindOf(Instrument instrument) =>
        instrument.GetType().Name.Split('`')[0].Replace("Observable", string.Empty, StringComparison.Ordinal).ToLowerInvariant();
}
