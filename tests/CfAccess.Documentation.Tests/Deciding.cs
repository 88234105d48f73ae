using System.Security.Claims;
using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests;

public static class Deciding
{
    public static void AddPolicies(this IServiceCollection services) => services.AddAuthorizationBuilder()
        .AddPolicy("staff", policy => policy.RequireAccessEmailDomain("example.com"))
        .AddPolicy("deploy", policy => policy.RequireAccessServiceToken("c9bbbfb4f0d4a7d4b7c3b0e1f2a3d4c5.access"));

    public static void MapDecisions(this WebApplication app)
    {
        app.MapGet("/news", () => "For staff.").RequireAuthorization("staff");
        app.MapPost("/deploy", () => "Deployed.").RequireAuthorization("deploy");

        // An attribute, on a handler as on a controller, an action or a hub.
        app.MapGet("/budget", [RequireAccessGroup("finance")] (ClaimsPrincipal user) => $"For {user.GetAccessEmail()}.");

        // A host that several applications of Access share: these endpoints belong to one of them.
        app.MapGroup("/admin")
            .RequireAccessAudience("4714c1358e65fe4b408ad6d432a5f878f08194bdb4752441fd56faefa9b2b6f2")
            .MapGet("/", () => "For whoever Access lets into that application.");
    }
}
