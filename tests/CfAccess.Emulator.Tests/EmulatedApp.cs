using System.Net;
using CfAccess.AspNetCore;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CfAccess.Emulator.Tests;

/// <summary>
/// An app behind the emulator that shows what reaches it: <c>/echo</c> gives the request's headers back, <c>/guarded</c> wants an
/// assertion, <c>/never</c> always answers 401.
/// </summary>
internal sealed class EmulatedApp : TestApp
{
    private EmulatedApp(Action<WebApplicationBuilder> build, Action<WebApplication>? map)
        : base(build, environment: "Development")
    {
        App.MapMethods("/echo", ["GET", "POST"], (HttpContext context) => string.Join('\n', context.Request.Headers.SelectMany(Lines)));
        App.MapMethods("/guarded", ["GET", "POST", "OPTIONS"], Guard);
        App.MapGet("/never", Refuse);
        map?.Invoke(App);
    }

    public AccessEmulator Emulator => Services.GetRequiredService<AccessEmulator>();

    public static async Task<EmulatedApp> StartAsync(
        Action<AccessEmulatorOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null,
        bool emulatorFirst = true)
    {
        Action<WebApplicationBuilder> emulate = builder =>
        {
            // The error of a failed start contains an example of an e-mail address, and the test receives the error itself.
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
            builder.AddCloudflareAccessEmulator(options =>
            {
                options.CreateKeyPair = SharedKeyPairs.CreateSource();
                configure?.Invoke(options);
            });
        };
        var app = await StartAsync(new EmulatedApp(emulatorFirst ? emulate + build : build + emulate, map));
        app.Log.Leaks.Add([app.Emulator.MintSecret, .. app.Emulator.ServiceTokens.Select(token => token.ClientSecret!)]);
        return app;
    }

    public Browser Browser() => new(Server);

    public async Task<string[]> EchoAsync(params (string Name, string Value)[] headers)
    {
        using var response = await GetAsync("/echo", headers);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');
    }

    private static IEnumerable<string> Lines(KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> header) =>
        header.Value.Select(value => $"{header.Key}: {value}");

    private static IResult Guard(HttpContext context) =>
        context.Request.Headers.ContainsKey(CloudflareAccessDefaults.AssertionHeader) ? Results.Text("inside") : Refuse(context);

    private static IResult Refuse(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Cloudflare-Access";
        return Results.Text("not you", statusCode: StatusCodes.Status401Unauthorized);
    }
}
