using System.Security.Claims;
using CfAccess.AspNetCore;
using CfAccess.BlazorSite;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Documentation.Tests.Snippets;

/// <summary>Pieces of other pages.</summary>
internal static class SmallPieces
{
    public static void Worker(string[] args)
    {
        var builder = Host.CreateApplicationBuilder(args);
        builder.Services.AddCloudflareAccessKeys();       // Authentication:Schemes:CloudflareAccess
    }

    public static void MakeDefaultScheme(WebApplicationBuilder builder)
    {
        builder.Services.PostConfigure<AuthenticationOptions>(options =>
            options.DefaultAuthenticateScheme = options.DefaultChallengeScheme = CloudflareAccessDefaults.AuthenticationScheme);
    }

    public static void ProtectCircuits(WebApplication app)
    {
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().ProtectCircuitsWithAccess();
    }

    public static void Partner(WebApplicationBuilder builder, WebApplication app)
    {
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("our finance", policy => policy.RequireAccessGroup(["finance"], team: "acme"));
        app.MapGet("/ledger", [RequireAccessGroup("finance", Team = "acme")] (ClaimsPrincipal user) => $"For {user.GetAccessEmail()}.");
    }
}
