using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CfAccess.Emulator.Tests;

/// <summary>
/// An app behind the emulator that shows what reaches it: <c>/echo</c> gives the request's headers back, <c>/guarded</c> wants an
/// assertion, <c>/never</c> always answers 401.
/// </summary>
internal sealed class EmulatedApp : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EmulatedApp(WebApplication app, TestClock clock) => (_app, Clock) = (app, clock);

    public TestClock Clock { get; }

    public IServiceProvider Services => _app.Services;

    public TestServer Server => _app.GetTestServer();

    public AccessEmulator Emulator => Services.GetRequiredService<AccessEmulator>();

    public static async Task<EmulatedApp> StartAsync(
        Action<AccessEmulatorOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        bool emulatorFirst = true)
    {
        var clock = new TestClock();
        var log = new LogCollector();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).Services.AddSecretWatch(log);
        builder.Services.AddSingleton<TimeProvider>(clock);
        if (!emulatorFirst)
        {
            build?.Invoke(builder);
        }

        builder.AddCloudflareAccessEmulator(options =>
        {
            options.CreateKeyPair = SharedKeyPairs.CreateSource();
            configure?.Invoke(options);
        });
        if (emulatorFirst)
        {
            build?.Invoke(builder);
        }

        var app = builder.Build();
        app.MapMethods("/echo", ["GET", "POST"], (HttpContext context) => string.Join('\n', context.Request.Headers.SelectMany(Lines)));
        app.MapMethods("/guarded", ["GET", "POST", "OPTIONS"], Guard);
        app.MapGet("/never", Refuse);
        map?.Invoke(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        var emulator = app.Services.GetRequiredService<AccessEmulator>();
        log.Leaks.Add([emulator.MintSecret, .. emulator.ServiceTokens.Select(token => token.ClientSecret!)]);
        return new(app, clock);
    }

    public Browser Browser() => new(Server);

    public async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var client = _app.GetTestClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async Task<string[]> EchoAsync(params (string Name, string Value)[] headers)
    {
        using var response = await GetAsync("/echo", headers);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static IEnumerable<string> Lines(KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> header) =>
        header.Value.Select(value => $"{header.Key}: {value}");

    private static IResult Guard(HttpContext context) =>
        context.Request.Headers.ContainsKey(CloudflareAccessDefaults.AssertionHeader) ? Results.Text("inside") : Refuse(context);

    private static IResult Refuse(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Cloudflare-Access";
        return Results.Text("not you", statusCode: StatusCodes.Status401Unauthorized);
    }
}
