using System.Net;
using System.Security.Claims;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.JwtBearer;

/// <summary>An application with plain JwtBearer, our keys and our rules, and no scheme of ours.</summary>
internal sealed class BearerHost : TestApp
{
    private BearerHost(KeysEndpoint endpoint, Action<WebApplicationBuilder> build)
        : base(build)
    {
        Endpoint = endpoint;
        App.UseRouting();
        App.UseAuthentication();
        App.UseAuthorization();
        App.MapGet("/me", (ClaimsPrincipal user) => user.Identity!.Name ?? "?").RequireAuthorization();
        App.MapGet("/platform", () => "in").RequireAuthorization(policy => policy.RequireRole("platform"));
    }

    public KeysEndpoint Endpoint { get; }

    /// <summary>Why the last token was refused.</summary>
    public Exception? LastFailure { get; private set; }

    public static async Task<BearerHost> StartAsync(
        Action<CloudflareAccessOptions>? configure = null, Action<JwtBearerOptions>? bearer = null)
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
        });
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
