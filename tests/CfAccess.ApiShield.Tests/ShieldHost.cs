using System.Net;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.ApiShield.Tests;

/// <summary>An application behind the middleware, which says in a header which of its endpoints answered.</summary>
internal sealed class ShieldHost : TestApp
{
    public const string Answered = "X-Answered";

    private ShieldHost(Action<WebApplicationBuilder> build, Action<WebApplication> map, string environment, bool listens)
        : base(build, map, listens, environment)
    {
    }

    public ApiShieldRuleSetProvider Provider => Services.GetRequiredService<ApiShieldRuleSetProvider>();

    public string ValidToken => Minter.Sign(new JsonObject { ["sub"] = "alice", ["exp"] = Clock.GetUtcNow().ToUnixTimeSeconds() + 60 });

    public static Task<ShieldHost> StartAsync(
        ShieldDocuments? documents = null,
        Action<ApiShieldOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? before = null,
        Action<WebApplication>? map = null,
        string environment = "Production",
        bool listens = false,
        bool routesByItself = true,
        bool hasFallback = true) => StartAsync(new ShieldHost(
            builder =>
            {
                builder.Services.AddApiShield(options =>
                {
                    (documents ?? new ShieldDocuments()).GiveTo(options);
                    options.ReloadDelay = TimeSpan.Zero;
                    configure?.Invoke(options);
                });
                build?.Invoke(builder);
            },
            app =>
            {
                before?.Invoke(app);
                _ = routesByItself ? app.UseRouting() : app;
                app.UseApiShield();
                map?.Invoke(app);
                app.MapGet("/accounts/{id}", Answer("account"));
                app.MapPost("/login", Answer("login"));
                _ = hasFallback ? app.MapFallback("{**path}", Answer("fallback")) : null;
            },
            environment,
            listens));

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
        await Server.SendAsync(context =>
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
}
