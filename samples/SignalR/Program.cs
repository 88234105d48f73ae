using SignalR;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCloudflareAccess();
builder.AddCloudflareAccessEmulator();

// One user id for each person and service, for Clients.User.
builder.Services.AddSignalR().AddCloudflareAccessUserIdProvider();

var app = builder.Build();

// A browser shows these pages for a rejected token instead of its own. They come before authorization, which WebApplication otherwise puts first.
app.UseStatusCodePages();
app.UseAuthentication();
app.UseAuthorization();
app.UseStaticFiles();
app.MapGet("/", () => TypedResults.Content(HomePage.Html, "text/html; charset=utf-8")).RequireAuthorization();

// Two things that a hub behind Access needs: a connection ends when the login does, and pages of other sites open none.
app.MapHub<ChatHub>("/chat", hub => hub.CloseOnAuthenticationExpiration = true).RequireAccessSameOrigin();
app.MapGet("/favicon.ico", () => TypedResults.NoContent());

app.Run();
