using CfAccess.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Tests.Evaluation;

/// <summary>An app behind the emulator whose own answer decides who may log in, at <c>/evaluate</c>, which has to be bypassed.</summary>
internal sealed class EvaluatedApp : IAsyncDisposable
{
    public static readonly AccessEmulatorExternalEvaluation Rule = new() { EvaluateUrl = "/evaluate", KeysUrl = "/evaluate/keys" };

    public static readonly AccessEmulatorApplication Bypass =
        new() { Name = "Evaluation", Audience = "evaluation", Paths = ["/evaluate"], Policies = [new() { Action = AccessEmulatorPolicyAction.Bypass }] };

    private readonly DirectoryInfo _keys;

    private EvaluatedApp(EmulatedApp app, DirectoryInfo keys) => (App, _keys) = (app, keys);

    public EmulatedApp App { get; }

    public static async Task<EvaluatedApp> StartAsync(
        Func<AccessIdentity, CancellationToken, Task<bool>> evaluate,
        IReadOnlyList<AccessEmulatorApplication>? applications = null,
        Func<IServiceProvider, HttpMessageHandler>? network = null,
        Action<HttpClient>? configureClient = null)
    {
        var keys = Directory.CreateTempSubdirectory("cfaccess-");
        var app = await EmulatedApp.StartAsync(
            options => options.Applications = [.. applications ?? [new() { Policies = [new() { ExternalEvaluation = Rule }] }, Bypass]],
            builder =>
            {
                builder.Services.AddCloudflareAccess();
                builder.Services.AddCloudflareAccessExternalEvaluation(options => (options.Team, options.KeyDirectory) = ("acme", keys.FullName));
                builder.Services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
                builder.Services.AddHttpClient(AccessEmulatorDefaults.ExternalEvaluationHttpClient)
                    .ConfigureHttpClient(configureClient ?? (_ => { }))
                    .ConfigurePrimaryHttpMessageHandler(network ?? TestServerOf)
                    .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
            },
            map => map.MapAccessExternalEvaluation("/evaluate", evaluate));
        return new(app, keys);
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        _keys.Delete(recursive: true);
    }

    private static HttpMessageHandler TestServerOf(IServiceProvider services) => ((TestServer)services.GetRequiredService<IServer>()).CreateHandler();
}
