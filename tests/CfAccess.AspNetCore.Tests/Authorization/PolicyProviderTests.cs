using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>The application's own policy provider keeps working, and cannot open an attribute.</summary>
public sealed class PolicyProviderTests
{
    [Theory]
    [InlineData("type")]
    [InlineData("factory")]
    [InlineData("instance")]
    public async Task A_provider_that_is_registered_before_keeps_its_policies(string registration)
    {
        await using var app = await StartAsync(services => Register(services, registration), addAccessTwice: false);

        (await app.StatusAsync(app.Minter.MintPerson(), "/own")).ShouldBe(HttpStatusCode.OK);
        (await app.StatusAsync(app.Minter.MintService(), "/own")).ShouldBe(HttpStatusCode.OK);
        (await app.StatusAsync(app.Minter.MintPerson(), "/attribute")).ShouldBe(HttpStatusCode.OK);
        (await app.StatusAsync(app.Minter.MintService(), "/attribute")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_second_scheme_decorates_a_provider_that_was_registered_between_the_two()
    {
        await using var app = await StartAsync(services => Register(services, "type"), addAccessTwice: true);

        (await app.StatusAsync(app.Minter.MintPerson(), "/own")).ShouldBe(HttpStatusCode.OK);
        (await app.StatusAsync(app.Minter.MintService(), "/attribute")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData(typeof(PassingProvider))]
    [InlineData(typeof(CarelessProvider))]
    public async Task An_application_that_registers_its_provider_later_does_not_start(Type provider)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() => AccessHost.StartAsync(
            build: builder => builder.Services.AddSingleton(typeof(IAuthorizationPolicyProvider), provider)));

        failure.Message.ShouldContain(provider.ToString());
        failure.Message.ShouldContain("Register the provider before AddCloudflareAccess");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData(typeof(PassingProvider), false)]
    public async Task Policies_are_cached_if_the_inner_provider_allows_it(Type? inner, bool expected)
    {
        var services = new ServiceCollection();
        if (inner is not null)
        {
            services.AddSingleton(typeof(IAuthorizationPolicyProvider), inner);
        }

        services.AddLogging();
        services.AddCloudflareAccess();
        await using var provider = services.BuildServiceProvider();

        provider.GetRequiredService<IAuthorizationPolicyProvider>().AllowsCachingPolicies.ShouldBe(expected);
    }

    [Fact]
    public async Task A_policy_of_an_attribute_contains_the_default_policy()
    {
        await using var host = await AccessHost.StartAsync(
            build: builder => builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(
                new AuthorizationPolicyBuilder(CloudflareAccessDefaults.AuthenticationScheme).RequireClaim("country", "SE").Build()),
            map: app => app.MapGet("/it", [RequireAccessUser] () => "in"));

        (await host.StatusAsync(host.Minter.MintPerson(), "/it")).ShouldBe(HttpStatusCode.Forbidden);
        (await host.StatusAsync(host.Minter.MintPerson(payload => payload["country"] = "SE"), "/it")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_requirement_decides_about_itself_only()
    {
        await using var host = await AccessHost.StartAsync();
        var user = await host.PrincipalAsync(host.Minter.MintPerson());
        var policy = new AuthorizationPolicyBuilder().RequireAccessUser().RequireAccessEmailDomain("example.com").Build();
        var context = new AuthorizationHandlerContext(policy.Requirements, user!, resource: null);

        await ((IAuthorizationHandler)policy.Requirements[0]).HandleAsync(context);

        context.PendingRequirements.ShouldBe([policy.Requirements[1]]);
    }

    private static Task<AccessHost> StartAsync(Action<IServiceCollection> register, bool addAccessTwice) => AccessHost.StartAsync(
        before: builder => register(builder.Services),
        build: builder =>
        {
            if (addAccessTwice)
            {
                register(builder.Services);
                builder.Services.AddAuthentication().AddCloudflareAccess("Second", options =>
                {
                    options.TeamDomain = "acme";
                    options.Audiences = [TestTeam.OtherAudience];
                    options.Keys.Prewarm = CloudflareAccessPrewarm.Off;
                });
            }
        },
        map: app =>
        {
            app.MapGet("/own", () => "in").RequireAuthorization(PassingProvider.Own);
            app.MapGet("/attribute", [RequireAccessUser] () => "in");
        });

    private static void Register(IServiceCollection services, string registration) => _ = registration switch
    {
        "type" => services.AddTransient<IAuthorizationPolicyProvider, PassingProvider>(),
        "factory" => services.AddScoped<IAuthorizationPolicyProvider>(provider => new PassingProvider(provider.GetRequiredService<IOptions<AuthorizationOptions>>())),
        _ => services.AddSingleton<IAuthorizationPolicyProvider>(new PassingProvider(Options.Create(new AuthorizationOptions()))),
    };

    /// <summary>Has a policy of its own and passes on every other name.</summary>
    private sealed class PassingProvider(IOptions<AuthorizationOptions> options) : IAuthorizationPolicyProvider
    {
        public const string Own = "own policy";

        private readonly DefaultAuthorizationPolicyProvider _rest = new(options);

        public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => policyName == Own
            ? Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            : _rest.GetPolicyAsync(policyName);

        public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => _rest.GetDefaultPolicyAsync();

        public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => _rest.GetFallbackPolicyAsync();
    }

    /// <summary>Allows everybody who is logged in under any name.</summary>
    private sealed class CarelessProvider(IOptions<AuthorizationOptions> options) : IAuthorizationPolicyProvider
    {
        private readonly DefaultAuthorizationPolicyProvider _rest = new(options);

        public async Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) => await _rest.GetDefaultPolicyAsync();

        public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => _rest.GetDefaultPolicyAsync();

        public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => _rest.GetFallbackPolicyAsync();
    }
}
