using System.Net;
using System.Security.Claims;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.AspNetCore.Tests.Authorization;

/// <summary>A principal that was rebuilt from claims is not one that Access authenticated: anything could have written the claims.</summary>
public sealed class RebuiltPrincipalTests
{
    [Theory]
    [InlineData("as the scheme")]
    [InlineData("as another authentication type")]
    public async Task It_meets_no_requirement_and_the_log_says_why(string rebuilt)
    {
        await using var host = await StartAsync(principal => new ClaimsPrincipal(new ClaimsIdentity(
            principal.Claims, rebuilt == "as the scheme" ? principal.Identity!.AuthenticationType : "Custom")));

        (await host.StatusAsync(host.Minter.MintPerson(), "/it")).ShouldBe(HttpStatusCode.Forbidden);
        host.Log.Named("PrincipalRebuilt").ShouldHaveSingleItem().Message.ShouldContain("Clone");
        (await host.StatusAsync(host.Minter.MintPerson())).ShouldBe(HttpStatusCode.OK);
        host.Log.Named("PrincipalRebuilt").Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_clone_with_more_claims_meets_requirements()
    {
        await using var host = await StartAsync(principal =>
        {
            var clone = principal.Clone();
            ((ClaimsIdentity)clone.Identity!).AddClaim(new Claim("department", "finance"));
            return clone;
        });

        (await host.StatusAsync(host.Minter.MintPerson(), "/it")).ShouldBe(HttpStatusCode.OK);
        host.Log.Named("PrincipalRebuilt").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_principal_of_another_scheme_is_not_called_rebuilt()
    {
        await using var host = await StartAsync(_ => new ClaimsPrincipal(new ClaimsIdentity([new Claim("email", "alice@example.com")], "Cookies")));

        (await host.StatusAsync(host.Minter.MintPerson(), "/it")).ShouldBe(HttpStatusCode.Forbidden);
        host.Log.Named("PrincipalRebuilt").ShouldBeEmpty();
    }

    private static Task<AccessHost> StartAsync(Func<ClaimsPrincipal, ClaimsPrincipal> transform) => AccessHost.StartAsync(
        build: builder => builder.Services.AddSingleton<IClaimsTransformation>(new Transformation(transform)),
        map: app => app.MapGet("/it", [RequireAccessUser] () => "in"));

    private sealed class Transformation(Func<ClaimsPrincipal, ClaimsPrincipal> transform) : IClaimsTransformation
    {
        public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal) =>
            Task.FromResult(principal.Identity?.IsAuthenticated == true ? transform(principal) : principal);
    }
}
