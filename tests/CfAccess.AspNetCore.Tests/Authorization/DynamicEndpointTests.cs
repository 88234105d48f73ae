using System.Net;
using CfAccess.AspNetCore.Tests.Authorization.Places;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>
/// Routing replaces a dynamic endpoint by the action or page that it finds, and drops what was put on the endpoint. An application that protects one does not
/// start.
/// </summary>
[Trait("attack", "33")]
public sealed class DynamicEndpointTests
{
    private static readonly Dictionary<string, Func<IEndpointRouteBuilder, IEndpointConventionBuilder?>> Dynamic = new()
    {
        ["MapFallbackToController"] = app => app.MapFallbackToController("Read", "Inheriting"),
        ["MapFallbackToController with a pattern"] = app => app.MapFallbackToController("spa/{**path}", "Read", "Inheriting"),
        ["MapFallbackToAreaController"] = app => app.MapFallbackToAreaController("Read", "Inheriting", "area"),
        ["MapFallbackToPage"] = app => app.MapFallbackToPage("/GuardedPage"),
        ["MapDynamicControllerRoute"] = app =>
        {
            app.MapDynamicControllerRoute<Transformer>("dynamic/{**path}");
            return null;
        },
        ["MapDynamicPageRoute"] = app =>
        {
            app.MapDynamicPageRoute<Transformer>("dynamic/{**path}");
            return null;
        },
    };

    private static readonly bool[] Both = [true, false];

    private static readonly Dictionary<string, Action<IEndpointConventionBuilder>> Conventions = new()
    {
        ["RequireAccessSameOrigin"] = builder => builder.RequireAccessSameOrigin(),
        ["RequireAccessAudience"] = builder => builder.RequireAccessAudience(TestTeam.Audience),
        ["an attribute"] = builder => builder.RequireAuthorization(new RequireAccessUserAttribute()),
        ["a policy"] = builder => builder.RequireAuthorization(policy => policy.RequireAccessUser()),
        ["RequireAuthorization"] = builder => builder.RequireAuthorization(),
    };

    public static TheoryData<string, string, bool> Combinations =>
    [
        .. Dynamic.Keys.SelectMany(kind => Conventions.Keys.SelectMany(convention => Both
            .Where(isInGroup => isInGroup || !kind.StartsWith("MapDynamic", StringComparison.Ordinal))
            .Select(isInGroup => (kind, convention, isInGroup)))),
    ];

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task A_protected_dynamic_endpoint_stops_the_application_before_the_server_listens(string kind, string convention, bool isInGroup)
    {
        var server = new RecordingServer();

        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(
            app =>
            {
                if (isInGroup)
                {
                    var group = app.MapGroup(string.Empty);
                    Conventions[convention](group);
                    Dynamic[kind](group);
                }
                else
                {
                    Conventions[convention](Dynamic[kind](app)!);
                }
            },
            services => services.AddSingleton<IServer>(server)));

        failure.Message.ShouldContain("routing replaces this endpoint");
        server.WasStarted.ShouldBeFalse();
    }

    [Fact]
    public async Task An_unprotected_dynamic_endpoint_keeps_the_protection_of_what_it_leads_to()
    {
        await using var host = await StartAsync(app => app.MapFallbackToController("Read", "Inheriting"));

        (await host.StatusAsync(null, "/nothing/here")).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.StatusAsync(host.Minter.MintPerson(), "/nothing/here")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Conventions_hold_on_an_ordinary_fallback()
    {
        await using var host = await StartAsync(app =>
            app.MapFallback(() => "in").RequireAccessSameOrigin().RequireAccessAudience(TestTeam.OtherAudience));

        (await host.StatusAsync(null, "/nothing/here")).ShouldBe(HttpStatusCode.Unauthorized);
        (await host.StatusAsync(host.Minter.MintPerson(), "/nothing/here")).ShouldBe(HttpStatusCode.Forbidden);
        var token = host.Minter.MintPerson(payload => payload["aud"] = TestTeam.OtherAudience);
        (await host.StatusAsync(token, "/nothing/here")).ShouldBe(HttpStatusCode.OK);
        using var foreign = await host.GetAsync(
            "/nothing/here", (CloudflareAccessDefaults.AssertionHeader, token), ("Origin", "https://evil.example"));
        foreign.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_demand_on_an_endpoint_that_skips_authorization_stops_the_application()
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => StartAsync(
            app => app.MapGet("/fast", [RequireAccessUser] () => "in").ShortCircuit(),
            services => services.Configure<RouteOptions>(options => options.SuppressCheckForUnhandledSecurityMetadata = true)));

        failure.Message.ShouldContain("'HTTP: GET /fast'");
        failure.Message.ShouldContain("ShortCircuit");
    }

    [Fact]
    public async Task An_endpoint_that_is_added_later_is_checked_when_it_appears()
    {
        var source = new GrowingSource();
        await using var host = await StartAsync(app => ((IEndpointRouteBuilder)app).DataSources.Add(source));
        host.Log.Named("LateEndpointsInvalid").ShouldBeEmpty();

        source.Add("/later", new RequireAccessUserAttribute { Team = "acme" }, new DynamicMark());

        await host.Log.WaitForAsync("LateEndpointsInvalid");
        host.Log.Named("LateEndpointsInvalid").ShouldHaveSingleItem().Message.ShouldContain("'/later': routing replaces this endpoint");
        source.Add("/harmless", new RequireAccessUserAttribute());
        host.Log.Named("LateEndpointsInvalid").Count().ShouldBe(1);
    }

    private static Task<AccessHost> StartAsync(Action<WebApplication> map, Action<IServiceCollection>? services = null) => AccessHost.StartAsync(
        options =>
        {
            options.GroupsClaim = "groups";
            options.Audiences = [TestTeam.Audience, TestTeam.OtherAudience];
        },
        builder =>
        {
            builder.Services.AddControllersWithViews().AddApplicationPart(typeof(InheritingController).Assembly);
            builder.Services.AddRazorPages().WithRazorPagesRoot("/Authorization/Places");
            builder.Services.AddAuthorizationBuilder().AddPolicy(PlacesApp.People, policy => policy.RequireAccessUser());
            builder.Services.AddSingleton<Transformer>();
            services?.Invoke(builder.Services);
        },
        map);

    private sealed class Transformer : DynamicRouteValueTransformer
    {
        public override ValueTask<RouteValueDictionary> TransformAsync(HttpContext httpContext, RouteValueDictionary values) =>
            new(new RouteValueDictionary { ["controller"] = "Inheriting", ["action"] = "Read" });
    }

    private sealed class DynamicMark : IDynamicEndpointMetadata
    {
        public bool IsDynamic => true;
    }

    private sealed class GrowingSource : EndpointDataSource
    {
        private Action _changed = () => { };
        private List<Endpoint> _endpoints = [];

        public override IReadOnlyList<Endpoint> Endpoints => _endpoints;

        public void Add(string path, params object[] metadata)
        {
            _endpoints = [.. _endpoints, new RouteEndpoint(_ => Task.CompletedTask, RoutePatternFactory.Parse(path), 0, new(metadata), path)];
            Interlocked.Exchange(ref _changed, () => { })();
        }

        public override IChangeToken GetChangeToken()
        {
            var source = new CancellationTokenSource();
            _changed += source.Cancel;
            return new CancellationChangeToken(source.Token);
        }
    }

    private sealed class RecordingServer : IServer
    {
        public bool WasStarted { get; private set; }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull
        {
            WasStarted = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
