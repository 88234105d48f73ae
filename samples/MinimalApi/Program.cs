using System.Security.Claims;
using CfAccess.Emulator;
using Microsoft.AspNetCore.Authorization;
using MinimalApi;

var builder = WebApplication.CreateBuilder(args);

// The two lines that matter: who is calling is known behind Cloudflare Access, and on this machine in Development.
builder.Services.AddCloudflareAccess(options => options.GroupsClaim = "groups");
builder.AddCloudflareAccessEmulator();

// The Client IDs of the service tokens that may call /robots: a list, never "any service". Without one it is the emulator's.
string[] robots = [.. builder.Configuration.GetSection("Robots").GetChildren().Select(robot => robot.Value).OfType<string>()];
robots = robots is [] ? [AccessEmulatorDefaults.ServiceTokenClientId] : robots;

builder.Services.AddAuthorizationBuilder()
    .AddPolicy("admin", policy => policy.RequireAccessGroup("platform"))
    .AddPolicy("robots", policy => policy.RequireAccessServiceToken(robots));

// The host reads endpoints and certificates from the section Kestrel by itself; this adds the limits.
builder.WebHost.ConfigureKestrel(kestrel => builder.Configuration.GetSection("Kestrel:Limits").Bind(kestrel.Limits));

var app = builder.Build();

// A browser shows these pages for 403 and 404 instead of its own. They come before authorization, which WebApplication otherwise puts first.
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();

app.MapGet("/", () => TypedResults.Content(HomePage.Html, "text/html; charset=utf-8"));
app.MapGet("/me", (ClaimsPrincipal user) => TypedResults.Json(Caller.Of(user), SampleJson.Default.Caller)).RequireAuthorization();
app.MapGet("/admin", (ClaimsPrincipal user) => $"Hello {user.GetAccessEmail()}, you are in the group platform.")
    .RequireAuthorization("admin");
app.MapGet("/robots", (ClaimsPrincipal user) => $"Hello {user.GetAccessServiceToken()}, you are a service.")
    .RequireAuthorization("robots");
app.MapGet("/whoami", (ClaimsPrincipal user) => TypedResults.Json(Visitor.Of(user), SampleJson.Default.Visitor));

app.MapGet("/favicon.ico", () => TypedResults.NoContent());

app.Run();
