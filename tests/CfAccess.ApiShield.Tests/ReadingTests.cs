using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.ApiShield.Tests;

/// <summary>A request that can be read in several ways has to satisfy the rules of all of them.</summary>
public sealed class ReadingTests
{
    private const string NeedsTokenToPost =
        $"http.request.method ne \"POST\" or {ShieldDocuments.NeedsToken}";

    [Theory]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    public async Task An_endpoint_that_was_chosen_before_the_method_changed_is_judged_by_its_own(string method)
    {
        await using var host = await ShieldHost.StartAsync(
            Posting(), before: app => app.UseHttpMethodOverride(), map: MapPost, routesByItself: false);

        (await Overridden(host, method)).ShouldBe(403);
        (await Overridden(host, method, host.ValidToken)).ShouldBe(200);
    }

    /// <summary>The counterpart: it is that endpoint which would answer.</summary>
    [Fact]
    public async Task Such_a_request_is_answered_by_the_endpoint_of_the_method_that_was()
    {
        var open = Posting();
        open.Rules[0]!["enabled"] = false;
        await using var host = await ShieldHost.StartAsync(
            open, before: app => app.UseHttpMethodOverride(), map: MapPost, routesByItself: false);

        var context = await host.ContextAsync(change: context => Override(context, "PUT"));

        context.Response.Headers[ShieldHost.Answered].ToString().ShouldBe("posted");
    }

    [Theory]
    [InlineData(false, 204)]
    [InlineData(true, 403)]
    public async Task A_preflight_is_for_cors_to_answer_unless_it_was_made_of_another_method(bool isOverridden, int status)
    {
        await using var host = await ShieldHost.StartAsync(
            Posting(),
            build: builder => builder.Services.AddCors(),
            before: app => _ = isOverridden ? app.UseCors(AnyOrigin).UseHttpMethodOverride() : app,
            map: app =>
            {
                _ = isOverridden ? app : app.UseCors(AnyOrigin);
                app.MapPost("/accounts/{id}", ShieldHost.Answer("posted")).RequireCors(AnyOrigin);
            },
            routesByItself: false);

        var context = await host.ContextAsync(change: context =>
        {
            Override(context, "OPTIONS");
            context.Request.Method = isOverridden ? "POST" : "OPTIONS";
            context.Request.Headers.Origin = "https://app.example.com";
            context.Request.Headers.AccessControlRequestMethod = "POST";
        });

        context.Response.StatusCode.ShouldBe(status);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("post")]
    [InlineData("Post")]
    public async Task Expressions_see_a_method_in_upper_case(string method)
    {
        await using var host = await ShieldHost.StartAsync(Posting(NeedsTokenToPost), map: MapPost);

        (await host.ContextAsync(change: context => context.Request.Method = method)).Response.StatusCode.ShouldBe(403);
    }

    [Fact]
    public async Task Where_the_edge_is_imitated_they_see_it_as_it_came()
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.With(documents =>
            {
                documents.Rules[0] = ShieldDocuments.Rule(expression: "http.request.method eq \"get\"");
            }),
            options => options.Matching = ApiShieldMatching.Edge);

        (await host.SendAsync("GET")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("/made-up", "/accounts/1")]
    [InlineData("/made-up", "//accounts/1")]
    public async Task A_path_base_that_a_client_writes_is_no_way_around_a_rule(string prefix, string path)
    {
        await using var host = await ShieldHost.StartAsync(before: app => app.UseForwardedHeaders(new()
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedPrefix,
        }));

        var context = await host.ContextAsync(change: context =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Loopback;
            context.Request.Path = path;
            context.Request.Headers["X-Forwarded-Prefix"] = prefix;
        });

        context.Response.StatusCode.ShouldBe(403);
        context.Request.PathBase.Value.ShouldBe(prefix);
    }

    [Fact]
    public async Task A_path_without_its_base_need_not_be_an_operation()
    {
        await using var host = await ShieldHost.StartAsync(
            ShieldDocuments.With(documents => documents.Operations[0]!["endpoint"] = "/v1/accounts/{id}"),
            options => options.UnknownOperations = ApiShieldUnknown.Block);

        (await host.ContextAsync(host.ValidToken, context =>
        {
            context.Request.PathBase = "/v1";
        })).Response.StatusCode.ShouldBe(200);
    }

    [Theory]
    [InlineData(true, 403)]
    [InlineData(false, 200)]
    public async Task A_websocket_over_http_2_is_a_get(bool isExtended, int status)
    {
        await using var host = await ShieldHost.StartAsync();

        (await host.ContextAsync(change: context => Connect(context, isExtended))).Response.StatusCode.ShouldBe(status);
        (await host.ContextAsync(host.ValidToken, context => Connect(context, isExtended))).Response.StatusCode.ShouldBe(200);
    }

    private static void Connect(HttpContext context, bool isExtended)
    {
        context.Request.Method = "CONNECT";
        context.Features.Set<IHttpExtendedConnectFeature>(new ExtendedConnect(isExtended));
    }

    private static async Task<int> Overridden(ShieldHost host, string method, string? token = null) =>
        (await host.ContextAsync(token, context => Override(context, method))).Response.StatusCode;

    private static void Override(HttpContext context, string method)
    {
        context.Request.Method = "POST";
        context.Request.Headers["X-HTTP-Method-Override"] = method;
    }

    private static ShieldDocuments Posting(string expression = ShieldDocuments.NeedsToken) => ShieldDocuments.With(documents =>
    {
        documents.Operations.Add(ShieldDocuments.Operation("POST", "/accounts/{id}"));
        documents.Rules[0] = ShieldDocuments.Rule(expression: expression);
    });

    private static void MapPost(WebApplication app) => app.MapPost("/accounts/{id}", ShieldHost.Answer("posted"));

    private static void AnyOrigin(CorsPolicyBuilder policy) =>
        policy.AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod();

    private sealed class ExtendedConnect(bool isExtended) : IHttpExtendedConnectFeature
    {
        public bool IsExtendedConnect => isExtended;

        public string? Protocol => "websocket";

        public ValueTask<Stream> AcceptAsync() => throw new NotSupportedException();
    }
}
