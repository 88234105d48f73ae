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
    IEnumerable<SettingsName> names,
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
        foreach (var name in demands.Schemes)
        {
            if (await schemes.GetSchemeAsync(name).ConfigureAwait(false) is null)
            {
                var known = (await schemes.GetAllSchemesAsync().ConfigureAwait(false)).Select(one => one.Name);
                return $"for the authentication scheme '{name}', which nobody added. There are: {string.Join(", ", known)}.";
            }
        }

        if (!access.HasSeveralTeams || demands.Requirements.FirstOrDefault(requirement => !requirement.NamesTeam) is not { } requirement)
        {
            return null;
        }

        var strict = names.Where(name => !settings.Get(name.Name).TrustAllTeamsAlike).Select(name => name.Name).ToList();
        return strict.Count == 0
            ? null
            : $"for {requirement}, of no named team, but the application trusts several. Name the team, as in "
                + "RequireAccessUser(team: \"acme\") or [RequireAccessUser(Team = \"acme\")]; or, where all of them are one organization, set "
                + $"Authentication:Schemes:{strict[0]}:TrustAllTeamsAlike.";
    }
}
