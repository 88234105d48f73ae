using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.ApiShield.Tests;

/// <summary>
/// An application behind the middleware, which says in a header which of its endpoints answered. It has a manual clock and keeps its log.
/// </summary>
internal sealed class ShieldHost : IAsyncDisposable
{
    public const string Answered = "X-Answered";

    private readonly WebApplication _app;

    private ShieldHost(WebApplication app, TestClock clock, LogCollector log, bool listens)
    {
        _app = app;
        Log = log;
        Clock = clock;
        Minter = new TokenMinter(clock);
        Client = listens ? new HttpClient { BaseAddress = new Uri(app.Urls.Single()) } : app.GetTestClient();
    }

    public HttpClient Client { get; }

    public LogCollector Log { get; }

    public TestClock Clock { get; }

    public TokenMinter Minter { get; }

    public IServiceProvider Services => _app.Services;

    public ApiShieldRuleSetProvider Provider => Services.GetRequiredService<ApiShieldRuleSetProvider>();

    public string ValidToken => Minter.Sign(new JsonObject { ["sub"] = "alice", ["exp"] = Clock.GetUtcNow().ToUnixTimeSeconds() + 60 });

    public static async Task<ShieldHost> StartAsync(
        ShieldDocuments? documents = null,
        Action<ApiShieldOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? before = null,
        Action<WebApplication>? map = null,
        string environment = "Production",
        bool listens = false,
        bool routesByItself = true,
        bool hasFallback = true)
    {
        var clock = new TestClock();
        var log = new LogCollector();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        if (listens)
        {
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.SetMinimumLevel(LogLevel.Trace).Services.AddSecretWatch(log);
        builder.Services.AddRouting();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddApiShield(options =>
        {
            (documents ?? new ShieldDocuments()).GiveTo(options);
            options.ReloadDelay = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        build?.Invoke(builder);
        var app = builder.Build();
        before?.Invoke(app);
        _ = routesByItself ? app.UseRouting() : app;
        app.UseApiShield();
        map?.Invoke(app);
        app.MapGet("/accounts/{id}", Answer("account"));
        app.MapPost("/login", Answer("login"));
        _ = hasFallback ? app.MapFallback("{**path}", Answer("fallback")) : null;
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new ShieldHost(app, clock, log, listens);
    }

    /// <summary>An endpoint that asks for all verdicts, as it can while the request lasts, and says who it is.</summary>
    public static RequestDelegate Answer(string name) => context =>
    {
        context.GetTokenValidation()!.Verdicts.ShouldNotBeEmpty();
        context.Response.Headers[Answered] = name;
        return Task.CompletedTask;
    };

    /// <returns>The status, and which endpoint answered.</returns>
    public async Task<(HttpStatusCode Status, string? Endpoint)> SendAsync(
        string method = "GET", string path = "/accounts/1", string host = ShieldDocuments.Host, string? token = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Host = host;
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        }

        using var response = await Client.SendAsync(request);
        return (response.StatusCode, response.Headers.TryGetValues(Answered, out var names) ? names.Single() : null);
    }

    public async Task<HttpContext> ContextAsync(string? token = null, Action<HttpContext>? change = null) =>
        await _app.GetTestServer().SendAsync(context =>
        {
            context.Request.Method = "GET";
            context.Request.Host = new HostString(ShieldDocuments.Host);
            context.Request.Path = "/accounts/1";
            if (token is not null)
            {
                context.Request.Headers.Authorization = "Bearer " + token;
            }

            change?.Invoke(context);
        });

    /// <returns>The status of a response, and which endpoint answered.</returns>
    public static (int Status, string? Endpoint) ResultOf(HttpContext context) =>
        (context.Response.StatusCode, context.Response.Headers.TryGetValue(Answered, out var name) ? name.ToString() : null);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Log.Dispose();
    }
}
