using System.Net;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>The checks at start do not stop an application because of its other schemes.</summary>
public sealed class OtherSchemesTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_role_of_another_scheme_is_allowed_beside_two_teams_that_create_roles(bool isDefault)
    {
        await using var host = await AccessHost.StartAsync(
            options =>
            {
                (options.TeamDomain, options.Audiences) = (null, []);
                options.Teams =
                [
                    new() { TeamDomain = "acme", Audiences = [TestTeam.Audience], GroupsClaim = "groups" },
                    new() { TeamDomain = "partner", Audiences = [TestTeam.Audience], GroupsClaim = "groups" },
                ];
            },
            builder => builder.Services
                .AddAuthentication(isDefault ? CookieAuthenticationDefaults.AuthenticationScheme : CloudflareAccessDefaults.AuthenticationScheme)
                .AddCookie(),
            app => app.MapGet("/it", () => "in").RequireAuthorization(new AuthorizeAttribute
            {
                Roles = "administrator",
                AuthenticationSchemes = isDefault ? null : CookieAuthenticationDefaults.AuthenticationScheme,
            }));

        (await host.StatusAsync(host.Minter.MintPerson(), "/it")).ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_scheme_that_its_provider_creates_on_demand_exists()
    {
        await using var host = await AccessHost.StartAsync(
            build: builder => builder.Services.AddSingleton<IAuthenticationSchemeProvider, TenantSchemes>().AddTransient<CookieAuthenticationHandler>(),
            map: app => app.MapGet("/it", [Authorize(AuthenticationSchemes = "tenant-7")] () => "in"));

        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
    }

    private sealed class TenantSchemes(IOptions<AuthenticationOptions> options) : AuthenticationSchemeProvider(options)
    {
        public override Task<AuthenticationScheme?> GetSchemeAsync(string name) => name.StartsWith("tenant-", StringComparison.Ordinal)
            ? Task.FromResult<AuthenticationScheme?>(new(name, displayName: null, typeof(CookieAuthenticationHandler)))
            : base.GetSchemeAsync(name);
    }
}
