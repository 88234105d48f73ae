using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CfAccess.Documentation.Tests;

/// <summary>The code of the page about External Evaluation does what the page says, with the emulator as Access, over a socket.</summary>
public sealed partial class EvaluatingTests
{
    [Fact]
    public async Task Who_is_on_duty_logs_in_and_nobody_else()
    {
        var keys = Directory.CreateTempSubdirectory("cfaccess-");
        await using var app = await StartAsync(keys.FullName);

        (await LogInAsync(app, "alice@example.com")).ShouldBe(HttpStatusCode.SeeOther);
        (await LogInAsync(app, "bob@example.com")).ShouldBe(HttpStatusCode.Forbidden);
        keys.Delete(recursive: true);
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]+)\"")]
    private static partial Regex Field { get; }

    private static async Task<WebApplication> StartAsync(string keys)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Development });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(
        [
            new("CloudflareAccess:ExternalEvaluation:KeyDirectory", keys),
            new("CloudflareAccess:Emulator:Applications:0:Policies:0:ExternalEvaluation:EvaluateUrl", "/access/evaluate"),
            new("CloudflareAccess:Emulator:Applications:0:Policies:0:ExternalEvaluation:KeysUrl", "/access/evaluate/keys"),
            new("CloudflareAccess:Emulator:Applications:1:Audience", "evaluation"),
            new("CloudflareAccess:Emulator:Applications:1:Paths:0", "/access/evaluate"),
            new("CloudflareAccess:Emulator:Applications:1:Policies:0:Action", "Bypass"),
        ]);
        builder.Services.AddEvaluation();
        builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        builder.AddCloudflareAccessEmulator(options => options.Output = TextWriter.Null);
        var app = builder.Build();
        app.MapEvaluation();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private static async Task<HttpStatusCode> LogInAsync(WebApplication app, string email)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };
        var field = Field.Match(await client.GetStringAsync("/cdn-cgi/access/login", TestContext.Current.CancellationToken));
        using var form = new FormUrlEncodedContent([new(field.Groups[1].Value, field.Groups[2].Value), new("person", email)]);
        using var response = await client.PostAsync("/cdn-cgi/access/login", form, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
