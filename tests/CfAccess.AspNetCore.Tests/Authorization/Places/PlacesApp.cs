using System.Security.Claims;
using CfAccess.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Authorization.Places;

/// <summary>
/// An application that demands a person of the group in every place where the framework reads an attribute, and what a caller does to get in.
/// </summary>
internal sealed class PlacesApp : IAsyncDisposable
{
    /// <summary>The policy that some places demand beside the attribute. Every person meets it.</summary>
    public const string People = "people";

    private readonly AccessHost _host;

    private PlacesApp(AccessHost host) => _host = host;

    /// <summary>Each place, with an attempt to get in.</summary>
    public static IReadOnlyDictionary<string, Func<PlacesApp, string?, Task<bool>>> All { get; } =
        new Dictionary<string, Func<PlacesApp, string?, Task<bool>>>
        {
            ["minimal endpoint"] = Get("/minimal"),
            ["minimal endpoint, beside a policy"] = Get("/minimal-with-people"),
            ["endpoint metadata"] = Get("/metadata"),
            ["endpoint group"] = Get("/group/endpoint"),
            ["fallback"] = Get("/nothing/else/matches"),
            ["controller action"] = Get("/controller-action"),
            ["controller action, beside a policy"] = Get("/controller-action-with-people"),
            ["controller, inherited"] = Get("/controller-inherited"),
            ["Razor page"] = Get("/GuardedPage"),
            ["hub"] = Invoke("/hub", nameof(GuardedHub.Read)),
            ["hub method"] = Invoke("/hub-methods", nameof(MethodHub.Read)),
            ["hub method, beside a policy"] = Invoke("/hub-methods", nameof(MethodHub.ReadWithPeople)),
            ["hub method, overridden"] = Invoke("/hub-methods", nameof(MethodHub.ReadOverridden)),
            ["component endpoint"] = Get("/component"),
            ["component endpoint, beside a policy"] = Get("/component-with-people"),
            ["AuthorizeRouteView"] = Route<GuardedComponent>(),
            ["AuthorizeRouteView, beside a policy"] = Route<GuardedComponentWithPeople>(),
            ["AuthorizeRouteView, inherited"] = Route<InheritingComponent>(),
            ["gRPC service"] = Call(async channel => (await new GuardedReports.GuardedReportsClient(channel).ReadAsync(new())).Text),
            ["gRPC method"] = Call(async channel => (await new OpenReports.OpenReportsClient(channel).ReadAsync(new())).Text),
        };

    public AccessHost Host => _host;

    /// <summary>A header that every attempt carries.</summary>
    public (string Name, string Value)? Header { get; set; }

    /// <param name="authorization">Adds policies.</param>
    /// <param name="convention">What to put on every endpoint.</param>
    public static async Task<PlacesApp> StartAsync(
        Action<AuthorizationOptions>? authorization = null, Action<IEndpointConventionBuilder>? convention = null) =>
        new(await AccessHost.StartAsync(
            options =>
            {
                options.GroupsClaim = "groups";
                options.Audiences = [TestTeam.Audience, TestTeam.OtherAudience];
            },
            builder => AddServices(builder.Services, authorization),
            app => Map(app, convention ?? (_ => { }))));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static void AddServices(IServiceCollection services, Action<AuthorizationOptions>? authorization)
    {
        services.AddControllersWithViews().AddApplicationPart(typeof(PlacesApp).Assembly);
        services.AddRazorPages().WithRazorPagesRoot("/Authorization/Places");
        services.AddRazorComponents();
        services.AddSignalR();
        services.AddGrpc();
        services.AddAuthorization(options =>
        {
            options.AddPolicy(People, policy => policy.RequireAccessUser());
            authorization?.Invoke(options);
        });
    }

    private static void Map(WebApplication app, Action<IEndpointConventionBuilder> convention)
    {
        app.UseAntiforgery();
        var group = app.MapGroup("/group").RequireAuthorization(new RequireAccessGroupAttribute(TestTeam.Group));
        group.MapGet("/endpoint", () => "in");
        IEndpointConventionBuilder[] endpoints =
        [
            app.MapGet("/minimal", [RequireAccessGroup(TestTeam.Group)] () => "in"),
            app.MapGet("/minimal-with-people", [Authorize(People), RequireAccessGroup(TestTeam.Group)] () => "in"),
            app.MapGet("/metadata", () => "in").WithMetadata(new RequireAccessGroupAttribute(TestTeam.Group)),
            group,
            app.MapControllers(),
            app.MapRazorPages(),
            app.MapHub<GuardedHub>("/hub"),
            app.MapHub<OverridingHub>("/hub-methods"),
            app.MapGrpcService<GuardedReportsService>(),
            app.MapGrpcService<MethodReportsService>(),
            app.MapRazorComponents<RootComponent>(),
            app.MapFallback([RequireAccessGroup(TestTeam.Group)] () => "in"),
        ];
        foreach (var endpoint in endpoints)
        {
            convention(endpoint);
        }
    }

    private static Func<PlacesApp, string?, Task<bool>> Get(string path) => async (app, token) =>
    {
        List<(string Name, string Value)> headers = [];
        app.AddHeaders(token, (name, value) => headers.Add((name, value)));
        using var response = await app._host.GetAsync(path, [.. headers]);
        return response.IsSuccessStatusCode && (await response.Content.ReadAsStringAsync()).Trim() == "in";
    };

    private static Func<PlacesApp, string?, Task<bool>> Invoke(string path, string method) => async (app, token) =>
    {
        await using var connection = new HubConnectionBuilder()
            .WithUrl($"http://localhost{path}", options =>
            {
                options.HttpMessageHandlerFactory = _ => app._host.Server.CreateHandler();
                options.Transports = HttpTransportType.LongPolling;
                app.AddHeaders(token, options.Headers.Add);
            })
            .Build();
        try
        {
            await connection.StartAsync();
            return await connection.InvokeAsync<string>(method) == "in";
        }
        catch (Exception failure) when (failure is HubException or HttpRequestException)
        {
            return false;
        }
    };

    /// <summary>What the router of an interactive application does, where no endpoint is chosen any more.</summary>
    private static Func<PlacesApp, string?, Task<bool>> Route<TPage>()
        where TPage : IComponent => async (app, token) =>
    {
        var user = token is null ? null : await app._host.PrincipalAsync(token);
        return await Rendering.RouteAsync(app._host.Services, user ?? new ClaimsPrincipal(new ClaimsIdentity()), typeof(TPage)) == "in";
    };

    private static Func<PlacesApp, string?, Task<bool>> Call(Func<GrpcChannel, Task<string>> call) => async (app, token) =>
    {
        using var channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpClient = app.CreateClient(token),
            DisposeHttpClient = true,
        });
        try
        {
            return await call(channel) == "in";
        }
        catch (RpcException failure) when (failure.StatusCode is StatusCode.Unauthenticated or StatusCode.PermissionDenied)
        {
            return false;
        }
    };

    private HttpClient CreateClient(string? token)
    {
        var client = new HttpClient(_host.Server.CreateHandler());
        AddHeaders(token, client.DefaultRequestHeaders.Add);
        return client;
    }

    private void AddHeaders(string? token, Action<string, string> add)
    {
        if (Header is { } header)
        {
            add(header.Name, header.Value);
        }

        if (token is not null)
        {
            add(CloudflareAccessDefaults.AssertionHeader, token);
        }
    }
}
