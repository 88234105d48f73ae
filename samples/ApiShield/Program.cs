using ApiShieldSample;

var builder = WebApplication.CreateBuilder(args);

// By choice, in Development: the rules come from calls of Cloudflare's API, made to this app, and not from the files.
var hasApi = builder.Configuration.GetValue<bool>("CloudflareAccess:Emulator:ApiShield:Enabled");
if (hasApi)
{
    builder.AddCloudflareAccessEmulatorApiShield();
}

// The two lines that matter: the rules in api-shield/*.json, which Cloudflare enforces at the edge, are enforced here too.
builder.Services.AddApiShield();

var app = builder.Build();
app.UseApiShield();

// A browser shows these pages for 404 instead of its own.
app.UseStatusCodePages();

app.MapGet("/favicon.ico", () => TypedResults.NoContent());

// What a handler wants to know of the token is there, verified.
app.MapGet("/accounts", (HttpContext context) => $"The accounts of {Subject(context)}.\n");
app.MapGet("/accounts/{id}", (string id, HttpContext context) => $"Account {id}, as {Subject(context)} may see it.\n");
app.MapGet("/reports", () => "Reports. A request without a valid token is let in, and the log tells of it.\n");

// Tokens come from a key that is in this folder for all the world to see: never outside Development.
if (app.Environment.IsDevelopment())
{
    var tokens = new DevelopmentTokens(app.Environment.ContentRootFileProvider.GetFileInfo("development-key.pem"), TimeProvider.System);
    app.MapPost("/login", () => TypedResults.Text(tokens.Make("alice", TimeSpan.FromHours(8)) + "\n"));
    app.Lifetime.ApplicationStarted.Register(() => Console.Write(hasApi ? StartText.ForApi(app.Urls.First()) : StartText.ForFiles(app.Urls.First(), tokens)));
}

app.Run();

static string Subject(HttpContext context) =>
    context.GetTokenValidation()?.Verdicts.Values.FirstOrDefault(one => one.IsValid) is { } verdict
        && verdict.Claims.TryGetProperty("sub", out var subject)
        ? subject.ToString()
        : "nobody";
