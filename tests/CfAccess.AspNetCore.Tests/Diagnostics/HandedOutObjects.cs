using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using CfAccess.AspNetCore.ExternalEvaluation;
using CfAccess.AspNetCore.Tests.ExternalEvaluation;
using CfAccess.Http;
using CfAccess.Testing;
using CfAccess.Testing.Leaks;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.Diagnostics;

/// <summary>Every kind of object that an application is given, of an application that uses all of the library.</summary>
public sealed class HandedOutObjects : IAsyncLifetime
{
    public const string ClientSecret = "sentinel-of-an-outgoing-client-secret";

    private readonly KeyDirectory _directory = new();
    private readonly Dictionary<string, object> _all = new(StringComparer.Ordinal);
    private EvaluationRig _rig = null!;
    private IServiceCollection _services = null!;

    /// <summary>The tokens, the service token's secret, and the private key of External Evaluation.</summary>
    public HashSet<string> Secrets { get; } = new(StringComparer.Ordinal) { ClientSecret };

    public object this[string name] => _all[name];

    public async ValueTask InitializeAsync()
    {
        _rig = await EvaluationRig.StartAsync(
            _directory,
            scheme: options =>
            {
                options.GroupsFromIdentity = true;
                Keep(options.Events);
            },
            build: builder =>
            {
                _services = builder.Services;
                builder.Services.AddHttpClient("warehouse", client => client.BaseAddress = new Uri("https://warehouse.example"))
                    .AddCloudflareAccessServiceToken(TestTeam.ClientId, ClientSecret)
                    .AddCloudflareAccessUser();
                builder.Services.AddHttpClient("vault", client => client.BaseAddress = new Uri("https://warehouse.example"))
                    .AddCloudflareAccessServiceToken((_, token) => Use(token));
                builder.Services.AddHealthChecks().AddCloudflareAccess();
                builder.Services.AddSignalR().AddCloudflareAccessUserIdProvider();
            },
            map: app =>
            {
                app.MapAccessExternalEvaluation("/evaluate", (_, _) => Task.FromResult(true)).RequireAccessSameOrigin();
                app.MapGet("/team", () => "in").RequireAuthorization(policy => policy.RequireAccessGroup("nobody"));
                app.MapGet("/keep", (HttpContext context) => KeepRequestAsync("person", context)).RequireAuthorization();
                app.MapGet("/keep-service", (HttpContext context) => KeepRequestAsync("service", context)).RequireAuthorization();
            });
        var host = _rig.Host;
        await SendAsync(host, host.Minter.MintPerson(), "/keep");
        await SendAsync(host, host.Minter.MintService(), "/keep-service");
        await SendAsync(host, host.Minter.MintPerson()[..^4] + "AAAA", "/keep");
        await SendAsync(host, host.Minter.MintPerson(payload => payload["country"] = "CH"), "/team");
        await KeepResultsAsync(host);
        KeepServices(host);
        Secrets.Add(await PrivateKeyAsync(host));
    }

    public async ValueTask DisposeAsync()
    {
        await _rig.DisposeAsync();
        _directory.Dispose();
    }

    private static void Use(AccessServiceTokenOptions token) => (token.ClientId, token.ClientSecret) = (TestTeam.ClientId, ClientSecret);

    private void Keep(CloudflareAccessEvents events)
    {
        events.OnMessageReceived = context => Keep("message received", context);
        events.OnTokenValidated = context => Keep("token validated", context);
        events.OnAuthenticationFailed = context => Keep("authentication failed", context, () => _all["exception"] = context.Exception);
        events.OnChallenge = context => Keep("challenge", context);
        events.OnForbidden = context => Keep("forbidden", context);
    }

    private Task Keep(string name, object context, Action? also = null)
    {
        _all[name] = context;
        also?.Invoke();
        return Task.CompletedTask;
    }

    private async Task SendAsync(AccessHost host, string token, string path)
    {
        Secrets.Add(token.Split('.')[2]);
        using var response = await host.GetAsync(token, path);
    }

    private async Task KeepRequestAsync(string who, HttpContext context)
    {
        var result = await context.AuthenticateAsync();
        var identity = (ClaimsIdentity)context.User.Identity!;
        _all[$"{who}: principal"] = context.User;
        _all[$"{who}: identity"] = identity;
        _all[$"{who}: clone of the principal"] = context.User.Clone();
        _all[$"{who}: clone of the identity"] = identity.Clone();
        _all[$"{who}: claims"] = identity.Claims.ToList();
        _all[$"{who}: subject of a claim"] = identity.Claims.First().Subject!;
        _all[$"{who}: result of authentication"] = result;
        _all[$"{who}: ticket"] = result.Ticket!;
        _all[$"{who}: clone of the ticket"] = result.Ticket!.Clone();
        _all[$"{who}: properties"] = result.Properties!;
        _ = context.GetAccessExpirationToken();
        _all[$"{who}: features of the library"] = context.Features.Select(feature => feature.Value)
            .Where(feature => feature.GetType().Assembly == typeof(CloudflareAccessOptions).Assembly).ToList();
        _all[$"{who}: handler"] = (await context.RequestServices.GetRequiredService<IAuthenticationHandlerProvider>()
            .GetHandlerAsync(context, CloudflareAccessDefaults.AuthenticationScheme))!;
        if (await context.GetAccessIdentityAsync() is { } found)
        {
            _all[$"{who}: answer of get-identity"] = found;
        }
    }

    private async Task KeepResultsAsync(AccessHost host)
    {
        var validator = host.Services.GetRequiredService<ICloudflareAccessTokenValidator>();
        foreach (var (name, token) in new[] { ("accepted", host.Minter.MintPerson()), ("rejected", host.Minter.MintPerson() + "A") })
        {
            Secrets.Add(token.Split('.')[2]);
            _all[$"{name} result of the validator"] = await validator.ValidateAsync(token);
        }
    }

    private void KeepServices(AccessHost host)
    {
        var services = host.Services;
        _all["options of the scheme"] = services.GetRequiredService<IOptionsMonitor<CloudflareAccessOptions>>()
            .Get(CloudflareAccessDefaults.AuthenticationScheme);
        _all["options of External Evaluation"] = services.GetRequiredService<IOptions<CloudflareAccessExternalEvaluationOptions>>().Value;
        _all["registrations"] = _services.ToList();
        _all["services"] = PublicServices.Resolve(_services, services, typeof(CloudflareAccessOptions).Assembly);
        _all["endpoints"] = services.GetRequiredService<EndpointDataSource>().Endpoints;
        _all["handlers of a client"] = services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("warehouse");
        var token = new AccessServiceTokenOptions();
        Use(token);
        _all["options of a service token"] = token;
    }

    private static async Task<string> PrivateKeyAsync(AccessHost host)
    {
        var set = await host.Services.GetRequiredService<Evaluator>().Keys.CurrentAsync(CancellationToken.None);
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(set.Keys[0].Store().PrivateKey, out _);
        return Encoding.Latin1.GetString(rsa.ExportParameters(includePrivateParameters: true).D!);
    }
}
