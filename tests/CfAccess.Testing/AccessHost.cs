using System.Diagnostics.Metrics;
using System.Net;
using System.Security.Claims;
using CfAccess.AspNetCore;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.Testing;

/// <summary>
/// An application behind the scheme: <c>/me</c> wants a caller, <c>/open</c> wants none. It has a manual clock, a key endpoint that
/// counts, a get-identity endpoint likewise, and keeps its log. It runs in-process, or listens on a free port of loopback.
/// </summary>
public sealed class AccessHost : IAsyncDisposable
{
    /// <summary>What a host that listens takes as request line and headers, in bytes: more than any limit on tokens.</summary>
    public const int LargestHeaders = 512 * 1024;

    private readonly WebApplication _app;

    private AccessHost(
        WebApplication app,
        bool listens,
        TestClock clock,
        KeysEndpoint endpoint,
        IdentityEndpoint identities,
        LogCollector log,
        FetchCounter fetches)
    {
        Fetches = fetches;
        _app = app;
        Clock = clock;
        Endpoint = endpoint;
        Identities = identities;
        Log = log;
        Minter = new TokenMinter(clock);
        Client = listens ? new HttpClient { BaseAddress = new Uri(app.Urls.Single()) } : app.GetTestClient();
    }

    public TestClock Clock { get; }

    public KeysEndpoint Endpoint { get; }

    public IdentityEndpoint Identities { get; }

    public LogCollector Log { get; }

    public TokenMinter Minter { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>The key fetches that have ended.</summary>
    public FetchCounter Fetches { get; }

    public TestServer Server => _app.GetTestServer();

    /// <summary>The reason of the last refusal, as the log tells it.</summary>
    public string? LastReason =>
        Log.Named("TokenRefused").LastOrDefault()?.Message.TrimEnd('.').Split(' ').Last();

    public static async Task<AccessHost> StartAsync(
        Action<CloudflareAccessOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        bool listens = false,
        Action<WebApplicationBuilder>? before = null)
    {
        var clock = new TestClock();
        var endpoint = new KeysEndpoint(TestKey.Get("previous"), TestKey.Get("current"));
        var identities = new IdentityEndpoint();
        var log = new LogCollector();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        if (listens)
        {
            Listen(builder.WebHost);
            builder.Logging.AddFilter("Microsoft.AspNetCore.Server", LogLevel.Information);
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.SetMinimumLevel(LogLevel.Trace).Services.AddSecretWatch(log);
        builder.Services.AddRouting();
        before?.Invoke(builder);
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddCloudflareAccess(options =>
        {
            options.TeamDomain = "acme";
            options.Audiences = [TestTeam.Audience];
            options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
            configure?.Invoke(options);
        });
        builder.Services.AddHttpClient(CloudflareAccessDefaults.KeysHttpClient)
            .ConfigurePrimaryHttpMessageHandler(() => endpoint)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        builder.Services.AddHttpClient(CloudflareAccessDefaults.IdentityHttpClient)
            .ConfigurePrimaryHttpMessageHandler(() => identities)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        build?.Invoke(builder);

        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();

        // Request delegates: the compilation of a typed handler would take a third of the start of each host.
        app.MapGet("/me", context => WriteAsync(context, context.User.GetAccessEmail() ?? context.User.GetAccessServiceToken() ?? "?"))
            .RequireAuthorization();
        app.MapGet("/open", context => WriteAsync(context, context.User.Identity?.Name ?? "nobody"));
        map?.Invoke(app);
        var fetches = new FetchCounter(app.Services.GetRequiredService<IMeterFactory>());
        await app.StartAsync();
        return new AccessHost(app, listens, clock, endpoint, identities, log, fetches);
    }

    /// <summary>Sends a request with the token in the assertion header, just as it is.</summary>
    public Task<HttpResponseMessage> GetAsync(string? token, string path = "/me") =>
        GetAsync(path, token is null ? [] : [(CloudflareAccessDefaults.AssertionHeader, token)]);

    /// <summary>Sends a request with any headers, unchecked.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    public async Task<HttpStatusCode> StatusAsync(string? token, string path = "/me")
    {
        using var response = await GetAsync(token, path);
        return response.StatusCode;
    }

    /// <summary>The principal that the scheme makes of a token, or nothing.</summary>
    public async Task<ClaimsPrincipal?> PrincipalAsync(string token)
    {
        var context = await Server.SendAsync(context =>
        {
            context.Request.Path = "/open";
            context.Request.Headers[CloudflareAccessDefaults.AssertionHeader] = token;
        });
        return context.User.Identity?.IsAuthenticated == true ? context.User : null;
    }

    private static Task WriteAsync(HttpContext context, string text)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }

    private static void Listen(ConfigureWebHostBuilder host) => host.UseKestrelCore().ConfigureKestrel(kestrel =>
    {
        kestrel.Listen(IPAddress.Loopback, 0);
        kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
        kestrel.Limits.MaxRequestLineSize = LargestHeaders;
        kestrel.Limits.MaxRequestBufferSize = null;
    });

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Fetches.Dispose();
        await _app.DisposeAsync();
        Endpoint.Dispose();
        Identities.Dispose();
        Log.Dispose();
    }
}
