using System.Net;
using System.Security.Claims;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CfAccess.AspNetCore.Tests.JwtBearer;

/// <summary>An application with plain JwtBearer, our keys and our rules, and no scheme of ours.</summary>
internal sealed class BearerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _client;

    private BearerHost(WebApplication app, TestClock clock, KeysEndpoint endpoint)
    {
        _app = app;
        _client = app.GetTestClient();
        Clock = clock;
        Endpoint = endpoint;
        Minter = new TokenMinter(clock);
    }

    public TestClock Clock { get; }

    public KeysEndpoint Endpoint { get; }

    public TokenMinter Minter { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Why the last token was refused.</summary>
    public Exception? LastFailure { get; private set; }

    public static async Task<BearerHost> StartAsync(
        Action<CloudflareAccessOptions>? configure = null, Action<JwtBearerOptions>? bearer = null)
    {
        var clock = new TestClock();
        var endpoint = new KeysEndpoint(TestKey.Get("previous"), TestKey.Get("current"));
        BearerHost? host = null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseTestServer();
        builder.Logging.SetMinimumLevel(LogLevel.Trace).Services.AddSecretWatch();
        builder.Services.AddRouting();
        builder.Services.AddAuthorization();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddCloudflareAccessKeys(options =>
        {
            options.TeamDomain = "acme";
            options.Audiences = [TestTeam.Audience];
            options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
            configure?.Invoke(options);
        });
        builder.Services.AddHttpClient(CloudflareAccessDefaults.KeysHttpClient)
            .ConfigurePrimaryHttpMessageHandler(() => endpoint)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<CloudflareAccessKeys>((options, access) =>
        {
            options.ConfigurationManager = access.GetConfigurationManager();
            options.TokenValidationParameters = access.CreateTokenValidationParameters();
            options.MapInboundClaims = false;
            options.Events = new JwtBearerEvents
            {
                OnMessageReceived = context =>
                {
                    context.Token = context.Request.Headers[CloudflareAccessDefaults.AssertionHeader];
                    return Task.CompletedTask;
                },
                OnAuthenticationFailed = context =>
                {
                    host!.LastFailure = context.Exception;
                    return Task.CompletedTask;
                },
            };
            bearer?.Invoke(options);
        });

        var app = builder.Build();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapGet("/me", (ClaimsPrincipal user) => user.Identity!.Name ?? "?").RequireAuthorization();
        app.MapGet("/platform", () => "in").RequireAuthorization(policy => policy.RequireRole("platform"));
        await app.StartAsync();
        return host = new BearerHost(app, clock, endpoint);
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string token, string path = "/me")
    {
        LastFailure = null;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(CloudflareAccessDefaults.AssertionHeader, token);
        using var response = await _client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task ShouldRefuseAsync(string token, AccessFailureReason reason)
    {
        (await GetAsync(token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        LastFailure.ShouldBeOfType<CloudflareAccessFailureException>().Reason.ShouldBe(reason);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
        Endpoint.Dispose();
    }
}
