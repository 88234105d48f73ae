using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests.Snippets;

internal static class Services
{
    public static void AddServicePolicy(WebApplicationBuilder builder)
    {
        builder.Services.AddAuthorizationBuilder()
            .AddPolicy("import", policy => policy.RequireAccessServiceToken("c9bbbfb4f0d4a7d4b7c3b0e1f2a3d4c5.access"));
    }

    public static void MapForServices(WebApplication app)
    {
        app.MapPost("/import", (ClaimsPrincipal user) => $"Imported for {user.GetAccessServiceToken()}.").RequireAuthorization("import");
        app.MapGet("/report", (ClaimsPrincipal user) =>
            user.IsAccessServiceToken() ? "The report for programs." : $"The report for {user.GetAccessEmail()}.").RequireAuthorization();
    }
}
