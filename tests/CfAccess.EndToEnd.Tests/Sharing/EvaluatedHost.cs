using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.EndToEnd.Tests.Sharing;

/// <summary>An application that decides about logins, and what Access sends to it.</summary>
internal static class EvaluatedHost
{
    private const string Path = "/evaluate";

    public static Task<AccessHost> StartAsync(
        Action<CloudflareAccessExternalEvaluationOptions> configure, Action<WebApplicationBuilder> build, Action? onEvaluate = null) =>
        AccessHost.StartAsync(
            build: builder =>
            {
                builder.Services.AddCloudflareAccessExternalEvaluation(configure);
                build(builder);
            },
            map: app => app.MapAccessExternalEvaluation(Path, (_, _) =>
            {
                onEvaluate?.Invoke();
                return Task.FromResult(true);
            }));

    /// <summary>A valid request token with a nonce of its own.</summary>
    public static string MintEvaluation(this AccessHost host)
    {
        var now = host.Clock.GetUtcNow().ToUnixTimeSeconds();
        return host.Minter.Sign(new JsonObject
        {
            ["identity"] = new JsonObject { ["email"] = TestTeam.Email },
            ["nonce"] = Guid.NewGuid().ToString("N"),
            ["iat"] = now,
            ["exp"] = now + 60,
        });
    }

    public static async Task<HttpStatusCode> EvaluateAsync(this AccessHost host, string token)
    {
        using var body = new StringContent(new JsonObject { ["token"] = token }.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await host.Client.PostAsync(Path, body);
        return response.StatusCode;
    }
}
