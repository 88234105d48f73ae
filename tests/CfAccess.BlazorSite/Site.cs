using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace CfAccess.BlazorSite;

/// <summary>A Blazor application with pages that run on the server. Tests start it, open it in a browser, and read what ran as whom.</summary>
public static class Site
{
    /// <summary>The setting that makes cookies the default scheme, as ASP.NET Core Identity does.</summary>
    public const string CookiesByDefault = "CookiesByDefault";

    public static void Main(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddSingleton<Journal>();
        builder.Services.AddSingleton<OpenConnections>();
        builder.Services.AddScoped<CircuitHandler, CircuitJournal>();
        if (builder.Configuration.GetValue<bool>(CookiesByDefault))
        {
            builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
            builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(
                new AuthorizationPolicyBuilder(CloudflareAccessDefaults.AuthenticationScheme).RequireAuthenticatedUser().Build());
        }

        builder.Services.AddCloudflareAccess();
        builder.AddCloudflareAccessEmulator();

        var app = builder.Build();
        app.Use(app.Services.GetRequiredService<OpenConnections>().TrackAsync);
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode().ProtectCircuitsWithAccess();
        app.Run();
    }
}
