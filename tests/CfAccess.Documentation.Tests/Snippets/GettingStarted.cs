using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CfAccess.Documentation.Tests.Snippets;

internal static class GettingStarted
{
    public static void AskEverywhere(WebApplicationBuilder builder, WebApplication app)
    {
        builder.Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        app.MapGet("/health", () => "up").AllowAnonymous();
    }

    public static void Controllers(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddCloudflareAccess(options => options.GroupsClaim = "groups");
        builder.AddCloudflareAccessEmulator();
        builder.Services.AddControllersWithViews(options => options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute()));

        var app = builder.Build();
        app.MapControllers();
        app.Run();
    }
}

[Authorize]
public sealed class BooksController : Controller
{
    [HttpGet("/books")]
    public string Read() => $"Books for {User.GetAccessEmail()}.";

    [HttpGet("/books/edit"), Authorize(Roles = "platform")]
    public string Edit() => $"{User.GetAccessEmail()} may edit, as one of the group platform.";
}
