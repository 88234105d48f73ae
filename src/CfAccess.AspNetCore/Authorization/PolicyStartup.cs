using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Authorization;

/// <summary>
/// Ends the start of an application with endpoints whose policies name no scheme that exists, or leave open which of several teams they
/// mean. It looks once the endpoints are there. Until then, and for what it cannot see, such a requirement is met by nobody.
/// </summary>
internal sealed class PolicyStartup(
    IServiceProvider services,
    IAuthenticationSchemeProvider schemes,
    AccessSchemes access,
    IOptionsMonitor<CloudflareAccessOptions> settings,
    IOptions<AuthorizationOptions> authorization) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        var errors = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var endpoint in services.GetService<EndpointDataSource>()?.Endpoints ?? [])
        {
            var demands = EndpointDemands.Of(endpoint, authorization.Value);
            if (await ProblemOfAsync(demands).ConfigureAwait(false) is { } problem)
            {
                (errors.TryGetValue(problem, out var names) ? names : errors[problem] = []).Add(endpoint.DisplayName ?? "?");
            }
        }

        if (errors.Count > 0)
        {
            throw new InvalidOperationException(
                $"Endpoints are protected in a way that lets nobody in:{Environment.NewLine}"
                + string.Join(Environment.NewLine, errors.Select(error => $"  - {NameOf(error.Value)} {error.Key}")));
        }
    }

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static string NameOf(List<string> endpoints) => endpoints.Count switch
    {
        1 => $"'{endpoints[0]}' asks",
        var count => $"'{endpoints[0]}' and {count - 1} more ask",
    };

    private async Task<string?> ProblemOfAsync(EndpointDemands demands)
    {
        List<AuthenticationScheme> asked = [];
        foreach (var name in demands.Schemes)
        {
            if (await schemes.GetSchemeAsync(name).ConfigureAwait(false) is not { } scheme)
            {
                var known = (await schemes.GetAllSchemesAsync().ConfigureAwait(false)).Select(one => one.Name);
                return $"for the authentication scheme '{name}', which nobody added. There are: {string.Join(", ", known)}.";
            }

            asked.Add(scheme);
        }

        if (demands.Requirements.FirstOrDefault(requirement => !requirement.NamesTeam) is not { } requirement)
        {
            return null;
        }

        if (demands.Schemes.Count == 0 && await schemes.GetDefaultAuthenticateSchemeAsync().ConfigureAwait(false) is { } standard)
        {
            asked.Add(standard);
        }

        List<string> ours = [.. asked.Where(scheme => scheme.HandlerType == typeof(CloudflareAccessHandler)).Select(scheme => scheme.Name)];
        List<string> issuers = [.. ours.SelectMany(scheme => access.Get(scheme).Teams).Select(team => team.Issuer).Distinct()];
        return issuers.Count < 2 || ours.All(scheme => settings.Get(scheme).TrustAllTeamsAlike)
            ? null
            : $"for {requirement}, of no named team, but several are trusted there: {string.Join(", ", issuers)}. Name the team, as in "
                + "RequireAccessUser(team: \"acme\") or [RequireAccessUser(Team = \"acme\")]; or, where all of them are one organization, set "
                + $"Authentication:Schemes:{ours[0]}:TrustAllTeamsAlike.";
    }
}
