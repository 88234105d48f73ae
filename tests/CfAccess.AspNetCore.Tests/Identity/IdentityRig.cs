using System.Net;
using System.Security.Claims;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Tests.Identity;

/// <summary>
/// An application whose groups come from get-identity: <c>/group</c> and <c>/role</c> are for the finance team, <c>/person</c> for anyone
/// with an identity, <c>/groups</c> tells the groups of the caller, <c>/claims</c> those that are claims.
/// </summary>
internal static class IdentityRig
{
    public const string Finance = "Finance-Team";

    public const string FinanceGroup = $$"""[{"id":"02fk6b3p3majl10","email":"finance@example.com","name":"{{Finance}}"}]""";

    private static readonly string[] Warnings = ["IdentityUnavailable", "IdentityRefused", "OddClaims"];

    public static Task<AccessHost> StartAsync(
        Action<CloudflareAccessOptions>? configure = null,
        Action<WebApplicationBuilder>? build = null,
        Action<WebApplication>? map = null) => AccessHost.StartAsync(
            options =>
            {
                options.GroupsFromIdentity = true;
                configure?.Invoke(options);
            },
            build,
            app =>
            {
                app.MapGet("/group", () => "in").RequireAuthorization(policy => policy.RequireAccessGroup(Finance));
                app.MapGet("/role", [Authorize(Roles = Finance)] () => "in");
                app.MapGet("/person", () => "in").RequireAuthorization(policy => policy.RequireAccessIdentity());
                app.MapGet("/groups", (Delegate)TellGroupsAsync).RequireAuthorization();
                app.MapGet("/claims", (ClaimsPrincipal user) => string.Join(',', user.GetAccessGroups())).RequireAuthorization();
                map?.Invoke(app);
            });

    /// <summary>As they load at authentication.</summary>
    public static Task<AccessHost> StartEagerAsync(
        Action<CloudflareAccessOptions>? configure = null, Action<WebApplicationBuilder>? build = null) => StartAsync(
            options =>
            {
                options.Identity.Load = CloudflareAccessIdentityLoad.AtAuthentication;
                configure?.Invoke(options);
            },
            build);

    /// <summary>The token of somebody.</summary>
    public static string MintFor(this AccessHost host, string email) =>
        host.Minter.MintPerson(payload => (payload["email"], payload["sub"]) = (email, email));

    /// <summary>What warned of identities or groups.</summary>
    public static IReadOnlyList<LogEntry> Warned(this AccessHost host) => [.. host.Log.Entries.Where(entry => Warnings.Contains(entry.Event))];

    public static async Task<string> BodyAsync(this AccessHost host, string token, string path)
    {
        using var response = await host.GetAsync(token, path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.Content.ReadAsStringAsync();
    }

    private static async Task<string> TellGroupsAsync(HttpContext context) =>
        await context.GetAccessIdentityAsync() is { } identity ? string.Join(',', identity.Groups.Select(group => group.Name)) : "nobody";

    public static JsonNode Groups(string json) => new JsonObject { ["groups"] = JsonNode.Parse(json) };
}
