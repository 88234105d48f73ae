using System.Net;
using System.Security.Claims;
using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Testing;

/// <summary>
/// An application behind the scheme, with a key endpoint and a get-identity endpoint. <c>/me</c> requires authorization, <c>/open</c> does not.
/// </summary>
public sealed class AccessHost : TestApp
{
    /// <summary>The size limit of a request's line and headers, in bytes, for a host that listens: larger than any limit on tokens.</summary>
    public const int LargestHeaders = 512 * 1024;

    private AccessHost(
        KeysEndpoint endpoint,
        IdentityEndpoint identities,
        Action<WebApplicationBuilder> build,
        Action<WebApplication>? map,
        bool listens,
        TestClock? clock)
        : base(build, listens: listens, clock: clock)
    {
        (Endpoint, Identities) = (endpoint, identities);
        Fetches = new FetchCounter(Services);
        App.UseRouting();
        App.UseAuthentication();
        App.UseAuthorization();

        // Request delegates: compiling typed handlers would take a third of the start of each host.
        App.MapGet("/me", context => WriteAsync(context, context.User.GetAccessEmail() ?? context.User.GetAccessServiceToken() ?? "?"))
            .RequireAuthorization();
        App.MapGet("/open", context => WriteAsync(context, context.User.Identity?.Name ?? "nobody"));
        map?.Invoke(App);
    }

    public KeysEndpoint Endpoint { get; }

    public IdentityEndpoint Identities { get; }

    /// <summary>The key fetches that have ended.</summary>
    public FetchCounter Fetches { get; }

    /// <summary>The reason of the last rejection in the log.</summary>
    public string? LastReason =>
        Log.Named("TokenRefused").LastOrDefault()?.Message.TrimEnd('.').Split(' ').Last();

    /// <param name="configure">Changes the options of the scheme.</param>
    /// <param name="build">Adds services after the scheme.</param>
    /// <param name="map">Adds endpoints.</param>
    /// <param name="listens">Whether requests come over a socket.</param>
    /// <param name="before">Adds services before the scheme.</param>
    /// <param name="clock">A clock that several applications share.</param>
    public static Task<AccessHost> StartAsync(
        Action<CloudflareAccessOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        bool listens = false,
        Action<WebApplicationBuilder>? before = null,
        TestClock? clock = null)
    {
        var endpoint = new KeysEndpoint(TestKey.Get("previous"), TestKey.Get("current"));
        var identities = new IdentityEndpoint();
        return StartAsync(new AccessHost(
            endpoint,
            identities,
            builder =>
            {
                before?.Invoke(builder);
                builder.Services.AddCloudflareAccess(options =>
                {
                    TestTeam.Trust(options);
                    configure?.Invoke(options);
                });
                builder.Services.AddEndpoint(CloudflareAccessDefaults.KeysHttpClient, endpoint);
                builder.Services.AddEndpoint(CloudflareAccessDefaults.IdentityHttpClient, identities);
                builder.WebHost.ConfigureKestrel(kestrel =>
                {
                    kestrel.Limits.MaxRequestHeadersTotalSize = LargestHeaders;
                    kestrel.Limits.MaxRequestLineSize = LargestHeaders;
                    kestrel.Limits.MaxRequestBufferSize = null;
                });
                build?.Invoke(builder);
            },
            map,
            listens,
            clock));
    }

    /// <summary>Sends a request with the token, unchanged, in the assertion header.</summary>
    public Task<HttpResponseMessage> GetAsync(string? token, string path = "/me") =>
        GetAsync(path, token is null ? [] : [(CloudflareAccessDefaults.AssertionHeader, token)]);

    public async Task<HttpStatusCode> StatusAsync(string? token, string path = "/me")
    {
        using var response = await GetAsync(token, path);
        return response.StatusCode;
    }

    /// <summary>The principal that the scheme creates from a token. Null if the token is rejected.</summary>
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

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Fetches.Dispose();
        Endpoint.Dispose();
        Identities.Dispose();
    }
}
