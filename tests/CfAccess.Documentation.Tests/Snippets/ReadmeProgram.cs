using System.Security.Claims;
using CfAccess.Emulator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Documentation.Tests.Snippets;

/// <summary>What README.md and the packages' pages show. The first program is also run, as a new application from the packages.</summary>
internal static class ReadmeProgram
{
    public static void Run(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddCloudflareAccess();       // who is calling: from the Access token of each request
        builder.AddCloudflareAccessEmulator();        // in Development only: Cloudflare Access on your machine

        var app = builder.Build();
        app.MapGet("/me", (ClaimsPrincipal user) => $"Hello {user.Identity?.Name}").RequireAuthorization();
        app.Run();
    }

    public static void RunWithoutEmulator(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddCloudflareAccess();

        var app = builder.Build();
        app.MapGet("/me", (ClaimsPrincipal user) => $"Hello {user.Identity?.Name}").RequireAuthorization();
        app.Run();
    }

    public static void AddPolicies(WebApplicationBuilder builder)
    {
        builder.Services.AddCloudflareAccess(options => options.GroupsClaim = "groups");     // groups come from the token

        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("people", policy => policy.RequireAccessUser())
            .AddPolicy("platform", policy => policy.RequireAccessGroup("platform"))
            .AddPolicy("deploy", policy => policy.RequireAccessServiceToken("c9bbbfb4f0d4a7d4b7c3b0e1f2a3d4c5.access"))
            .AddPolicy("this app", policy => policy.RequireAccessAudience("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2"));
    }

    public static async Task<HttpResponseMessage> AskAsync(WebApplicationFactory<Program> factory)
    {
        using var emulator = new AccessEmulator();
        using var client = factory.WithWebHostBuilder(host => host.UseCloudflareAccessEmulator(emulator)).CreateClient();

        var alice = await client.AsAccessUser(emulator, "alice@example.com", groups: ["platform"]).GetAsync("/admin");
        return alice;
    }
}
