using SignalR;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddCloudflareAccess();
builder.AddCloudflareAccessEmulator();

// One user id for each person and service, for Clients.User.
builder.Services.AddSignalR().AddCloudflareAccessUserIdProvider();

var app = builder.Build();
app.UseStaticFiles();
app.MapGet("/", () => TypedResults.Content(HomePage.Html, "text/html; charset=utf-8")).RequireAuthorization();

// Two things that a hub behind Access needs: a connection ends when the login does, and pages of other sites open none.
app.MapHub<ChatHub>("/chat", hub => hub.CloseOnAuthenticationExpiration = true).RequireAccessSameOrigin();

app.Run();
