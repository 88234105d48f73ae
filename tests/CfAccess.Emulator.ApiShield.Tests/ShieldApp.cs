using System.Net;
using CfAccess.ApiShield;
using CfAccess.Emulator.ApiShield.Responses;
using CfAccess.Emulator.ApiShield.Setup;
using CfAccess.Emulator.ApiShield.Zone;
using CfAccess.Emulator.Tests;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Emulator.ApiShield.Tests;

/// <summary>An app with API Shield's middleware, behind an emulator whose API says what that enforces.</summary>
internal sealed class ShieldApp : IAsyncDisposable
{
    private readonly EmulatedApp _app;
    private readonly HttpClient _client;

    private ShieldApp(EmulatedApp app) =>
        (_app, _client, Zone) = (app, app.Server.CreateClient(), new(app.Server.CreateClient(), app.Emulator.MintSecret));

    public ShieldZone Zone { get; }

    public EmulatedApp App => _app;

    public AccessEmulator Emulator => _app.Emulator;

    public TestClock Clock => _app.Clock;

    public TestServer Server => _app.Server;

    public static async Task<ShieldApp> StartAsync(
        Action<AccessEmulatorApiShieldOptions>? configure = null, Action<ApiShieldOptions>? shield = null, Action<WebApplicationBuilder>? build = null) =>
        new(await EmulatedApp.StartAsync(
            build: builder =>
            {
                builder.AddCloudflareAccessEmulatorApiShield(configure);
                builder.Services.AddApiShield(shield);
                build?.Invoke(builder);
            },
            map: app =>
            {
                app.UseApiShield();
                app.MapGet("/accounts/{id}", (string id) => id);
            }));

    /// <summary>Makes it as it was at the start.</summary>
    public void Empty()
    {
        Clock.AdjustTime(TestClock.DefaultStart);
        Emulator.Parts.Get<ShieldPart>()!.Store.Change(_ => new(ShieldDocuments.Empty, ShieldAnswer.Of(result: null)));
    }

    /// <summary>Calls the app, not the API.</summary>
    public async Task<HttpStatusCode> CallAsync(string? token = null, string path = "/accounts/1", string host = ShieldPapers.Host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>One configuration, one operation and one rule that blocks.</summary>
    public async Task<(string Configuration, string Rule)> ProtectAsync()
    {
        var configuration = await Zone.ConfigureAsync();
        await Zone.AddOperationAsync();
        return (configuration, await Zone.AddRuleAsync(ShieldPapers.Rule(configuration)));
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }
}
