using System.Net;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.Testing;

/// <summary>
/// The web application that tests start: an empty builder, routing, a clock, and a log that is checked for secrets. It runs in process, or listens
/// on a free port of loopback. A derived class or a callback adds what a test needs.
/// </summary>
public class TestApp : IAsyncDisposable
{
    private readonly bool _listens;

    /// <param name="build">Adds services and settings.</param>
    /// <param name="map">Adds middleware and endpoints. A derived class can also use <see cref="App"/> in its constructor.</param>
    /// <param name="listens">Whether requests come over a socket.</param>
    /// <param name="environment">The name of the environment.</param>
    /// <param name="clock">A clock that several applications share.</param>
    /// <param name="isWatched">Whether the log is kept, and checked for secrets when the application is disposed.</param>
    protected TestApp(
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        bool listens = false,
        string environment = "Production",
        TestClock? clock = null,
        bool isWatched = true)
    {
        _listens = listens;
        Clock = clock ?? new TestClock();
        Minter = new TokenMinter(Clock);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Services.AddRouting().AddSingleton<TimeProvider>(Clock);
        if (isWatched)
        {
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft.AspNetCore.Server", LogLevel.Information);
            builder.Services.AddSecretWatch(Log);
        }

        _ = listens ? builder.WebHost.UseKestrelCore() : builder.WebHost.UseTestServer();
        build?.Invoke(builder);
        if (listens)
        {
            // After the callback, so that its defaults apply to this endpoint.
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        }

        App = builder.Build();
        map?.Invoke(App);
    }

    public TestClock Clock { get; }

    public TokenMinter Minter { get; }

    public LogCollector Log { get; } = new();

    /// <summary>A client of the application, from its start on.</summary>
    public HttpClient Client { get; private set; } = null!;

    public IServiceProvider Services => App.Services;

    public TestServer Server => App.GetTestServer();

    /// <summary>Where the application listens.</summary>
    public Uri Address => new(App.Urls.Single());

    protected WebApplication App { get; }

    /// <inheritdoc cref="TestApp(Action{WebApplicationBuilder}?, Action{WebApplication}?, bool, string, TestClock?, bool)"/>
    public static Task<TestApp> StartAsync(
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        bool listens = false,
        string environment = "Production",
        TestClock? clock = null,
        bool isWatched = true) => StartAsync(new TestApp(build, map, listens, environment, clock, isWatched));

    /// <summary>Starts an application, or disposes it if it does not start.</summary>
    protected static async Task<TApp> StartAsync<TApp>(TApp app)
        where TApp : TestApp
    {
        try
        {
            await app.App.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        app.Client = app._listens ? new HttpClient { BaseAddress = app.Address } : app.App.GetTestClient();
        return app;
    }

    /// <summary>Sends a GET request with headers as they are.</summary>
    public async Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    public virtual async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
