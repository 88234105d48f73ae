using System.Security.Claims;
using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Documentation.Tests.Snippets;

internal static class SeveralTeams
{
    public static void MapSecondApplication(WebApplication app)
    {
        var admin = app.MapGroup("/admin").RequireAccessAudience("32eafc7626e737863a6c1cdb5e4d4f2d9e4b2c4e3dbee3ab1e26b3b5d54b4ac7");
        admin.MapGet("/", () => "For whoever Access lets into the second application.");
    }

    public static void MapForBoth(WebApplication app)
    {
        app.MapGet("/orders", [RequireAccessUser(Team = "partner")] (ClaimsPrincipal user) => $"Orders of {user.GetAccessEmail()}.");
        app.MapGet("/ledger", [RequireAccessGroup("finance", Team = "acme")] () => "Our books.");
        app.MapGet("/news", () => "For people and services of both.").RequireAuthorization();
    }

    public static void AddTwoSchemes(WebApplicationBuilder builder)
    {
        builder.Services.AddCloudflareAccess()            // Authentication:Schemes:CloudflareAccess, the default scheme
            .AddCloudflareAccess("Partner");              // Authentication:Schemes:Partner
    }

    public static void MapForPartner(WebApplication app)
    {
        app.MapGet("/partner", [Authorize(AuthenticationSchemes = "Partner"), RequireAccessUser(Team = "partner")] () => "For the partner's people.");
    }
}
