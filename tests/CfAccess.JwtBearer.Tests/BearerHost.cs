using System.Net;
using System.Security.Claims;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.JwtBearer.Tests;

/// <summary>An application with JwtBearer that validates tokens of Access, and without the scheme of CfAccess.</summary>
internal sealed class BearerHost : TestApp
{
    private BearerHost(KeysEndpoint endpoint, Action<WebApplicationBuilder> build, Action<WebApplication>? map)
        : base(build)
    {
        Endpoint = endpoint;
        App.UseRouting();
        App.UseAuthentication();
        App.UseAuthorization();
        App.MapGet("/me", (ClaimsPrincipal user) => user.Identity!.Name ?? "?").RequireAuthorization();
        App.MapGet("/platform", () => "in").RequireAuthorization(policy => policy.RequireRole("platform"));
        map?.Invoke(App);
    }

    public KeysEndpoint Endpoint { get; }

    /// <summary>Why the last token was refused.</summary>
    public Exception? LastFailure { get; private set; }

    public static async Task<BearerHost> StartAsync(
        Action<CloudflareAccessOptions>? configure = null,
        Action<JwtBearerOptions>? bearer = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        bool keepsOtherTokenHandlers = false)
    {
        var endpoint = new KeysEndpoint(TestKey.Get("previous"), TestKey.Get("current"));
        BearerHost? host = null;
        host = new BearerHost(endpoint, builder =>
        {
            builder.Services.AddAuthorization();
            builder.Services.AddCloudflareAccessKeys(options =>
            {
                TestTeam.Trust(options);
                configure?.Invoke(options);
            });
            builder.Services.AddEndpoint(CloudflareAccessDefaults.KeysHttpClient, endpoint);
            var authentication = builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
            {
                options.Events.OnAuthenticationFailed = context =>
                {
                    host!.LastFailure = context.Exception;
                    return Task.CompletedTask;
                };
                bearer?.Invoke(options);
            });
            authentication.AddCloudflareAccessJwtBearer(options => options.KeepOtherTokenHandlers = keepsOtherTokenHandlers);
            build?.Invoke(builder);
        }, map);
        return await StartAsync(host);
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string token, string path = "/me")
    {
        LastFailure = null;
        using var response = await GetAsync(path, (CloudflareAccessDefaults.AssertionHeader, token));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task ShouldRefuseAsync(string token, AccessFailureReason reason)
    {
        (await GetAsync(token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        LastFailure.ShouldBeOfType<CloudflareAccessFailureException>().Reason.ShouldBe(reason);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Endpoint.Dispose();
    }
}
