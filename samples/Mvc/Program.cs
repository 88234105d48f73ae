using CfAccess.Emulator;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Mvc;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCloudflareAccess(options => options.GroupsClaim = "groups");
builder.AddCloudflareAccessEmulator();

// The Client IDs of the services that may call the API: a list, never "any service". Without one it is the emulator's.
var robots = builder.Configuration.GetSection("Robots").Get<string[]>() ?? [AccessEmulatorDefaults.ServiceTokenClientId];
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("people", policy => policy.RequireAccessUser())
    .AddPolicy("editors", policy => policy.RequireAccessGroup("platform", "editors"))
    .AddPolicy("robots", policy => policy.RequireAccessServiceToken(robots));

// Access adds the token to whatever the browser sends, also from another site's page: every form needs antiforgery.
builder.Services.AddControllersWithViews(options => options.Filters.Add(new AutoValidateAntiforgeryTokenAttribute()));
builder.Services.AddProblemDetails();
builder.Services.AddSingleton<Notebook>();

var app = builder.Build();
app.UseStatusCodePagesWithReExecute("/status/{0}");
app.UseAuthentication();
app.UseAuthorization();
app.MapControllers();
app.MapGet("/favicon.ico", () => TypedResults.NoContent());
app.Run();
