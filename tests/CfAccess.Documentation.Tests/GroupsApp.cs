using System.Security.Claims;
using System.Text.Json.Serialization;
using CfAccess.Emulator;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CfAccess.Documentation.Tests;

/// <summary>The application that the page about groups shows, in pieces.</summary>
internal static class GroupsApp
{
    public static async Task<WebApplication> StartAsync(AccessEmulator emulator)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().Services.AddSecretWatch();
        builder.AddCloudflareAccessEmulator(emulator);
        builder.Services.AddCloudflareAccess(options => options.GroupsFromIdentity = true);     // or GroupsClaim = "groups"

        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("finance", policy => policy.RequireAccessGroup("Finance-Team"));
        var app = builder.Build();
        app.MapGet("/ledger", () => "the books").RequireAuthorization("finance");
        app.MapGet("/payroll", [Authorize(Roles = "Finance-Team")] () => "the salaries");
        app.MapGet("/device", async (HttpContext context) =>
        {
            var identity = await context.GetAccessIdentityAsync();
            return identity is null ? "no person" : $"{identity.Name}, {identity.IdentityProvider?.Type}, WARP: {identity.IsWarp}";
        }).RequireAuthorization(policy => policy.RequireAccessIdentity());
        app.MapGet("/department", (ClaimsPrincipal user) =>
            user.GetAccessCustomClaim("department", AppJson.Default.String) ?? "none").RequireAuthorization();
        await app.StartAsync();
        return app;
    }
}

[JsonSerializable(typeof(string))]
internal sealed partial class AppJson : JsonSerializerContext;
