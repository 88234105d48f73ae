using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Setup;

/// <summary>The paths of the application that the emulator suggests: a suggestion that is a 404 confuses a newcomer.</summary>
internal sealed class AppPaths
{
    private const string Root = "/";

    private readonly IReadOnlyList<Page> _pages;

    private AppPaths(IReadOnlyList<Page> pages) => _pages = pages;

    /// <summary>No path but the root is known.</summary>
    public static AppPaths None { get; } = new([]);

    /// <summary>Reads the endpoints that a GET without parameters reaches.</summary>
    /// <param name="services">The application's services.</param>
    public static async Task<AppPaths> FindAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var policies = scope.ServiceProvider.GetService<IAuthorizationPolicyProvider>();
        List<Page> pages = [];
        foreach (var endpoint in services.GetService<EndpointDataSource>()?.Endpoints.OfType<RouteEndpoint>().Where(IsPage) ?? [])
        {
            if (await FindRequirementsAsync(endpoint.Metadata, policies).ConfigureAwait(false) is { } requirements)
            {
                pages.Add(new(Root + endpoint.RoutePattern.RawText!.TrimStart('/'), requirements));
            }
        }

        return new(pages);
    }

    /// <summary>A path for a browser: preferably one that asks for a login and names no service.</summary>
    /// <param name="services">The service tokens of the emulator.</param>
    public string ForPeople(IEnumerable<AccessEmulatorServiceToken> services) =>
        First(page => page.IsGuarded && !services.Any(service => page.Names(service.ClientId))) ?? First(page => !page.IsGuarded) ?? Root;

    /// <summary>A path for a service: preferably one that names it.</summary>
    /// <param name="clientId">The Client ID of the service token.</param>
    public string ForService(string clientId) =>
        First(page => page.Names(clientId)) ?? First(page => page.IsForAnyCaller) ?? First(page => !page.IsGuarded) ?? Root;

    private string? First(Func<Page, bool> isWanted) => _pages.FirstOrDefault(isWanted)?.Path;

    private static bool IsPage(RouteEndpoint endpoint) =>
        endpoint.RoutePattern is { RawText: not null, Parameters.Count: 0 }
        && endpoint.Metadata.GetMetadata<HubMetadata>() is null
        && (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { HttpMethods: { Count: > 0 } methods } || methods.Contains(HttpMethods.Get));

    /// <returns>What the endpoint requires of its callers; empty if that is nothing, and null if it cannot be found.</returns>
    private static async Task<IReadOnlyList<IAuthorizationRequirement>?> FindRequirementsAsync(
        EndpointMetadataCollection metadata, IAuthorizationPolicyProvider? policies)
    {
        if (policies is null || metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return [];
        }

        try
        {
            var policy = await AuthorizationPolicy.CombineAsync(
                policies, metadata.GetOrderedMetadata<IAuthorizeData>(), metadata.GetOrderedMetadata<AuthorizationPolicy>()).ConfigureAwait(false);
            return
            [
                .. policy?.Requirements ?? [],
                .. metadata.GetOrderedMetadata<IAuthorizationRequirementData>().SelectMany(data => data.GetRequirements()),
            ];
        }
        catch (Exception)
        {
            // No policy has that name, or the application's provider needs a request. A suggestion must not stop the application.
            return null;
        }
    }

    private sealed record Page(string Path, IReadOnlyList<IAuthorizationRequirement> Requirements)
    {
        public bool IsGuarded => Requirements.Count > 0;

        public bool IsForAnyCaller => IsGuarded && Requirements.All(requirement => requirement is DenyAnonymousAuthorizationRequirement);

        /// <summary>Whether a requirement names the service, as its text for logs says.</summary>
        public bool Names(string clientId) =>
            Requirements.Any(requirement => requirement.ToString()?.Contains(clientId, StringComparison.Ordinal) is true);
    }
}
