using CfAccess.AspNetCore.Diagnostics;
using CfAccess.AspNetCore.Teams;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore;

/// <summary>Warns of unusual settings of one scheme when the application starts, and fetches its keys ahead of the first request.</summary>
internal sealed class SchemeStartup(
    string scheme, AccessSchemes schemes, IOptionsMonitor<CloudflareAccessOptions> options, SafeLoggerFactory loggers) : IHostedService
{
    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Authentication);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var teams = schemes.Get(scheme).Teams;
        foreach (var team in teams)
        {
            Warn(team);
        }

        var prewarm = options.Get(scheme).Keys.Prewarm;
        foreach (var team in teams.Where(_ => prewarm != CloudflareAccessPrewarm.Off))
        {
            team.Keys.Refresh();
        }

        if (prewarm == CloudflareAccessPrewarm.FailFast)
        {
            await Task.WhenAll(teams.Select(team => RequireKeysAsync(team, cancellationToken))).ConfigureAwait(false);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RequireKeysAsync(AccessTeam team, CancellationToken cancellationToken)
    {
        if (!await team.Keys.WaitForFirstSetAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new InvalidOperationException(
                $"Scheme {scheme} could not fetch the signing keys of {team.Issuer}, and Authentication:Schemes:{scheme}:Keys:Prewarm "
                + "is FailFast. Check the team domain, and that this machine may connect to it; the log tells what happened.");
        }
    }

    private void Warn(AccessTeam team)
    {
        if (!TeamDomain.IsCloudflare(team.Issuer))
        {
            // No public authority issues a certificate for a name under localhost (RFC 6761, section 6.3), so a stranger cannot respond over https.
            var issuer = new Uri(team.Issuer);
            var isLocal = issuer.Scheme == Uri.UriSchemeHttps && issuer.Host.EndsWith(".localhost", StringComparison.Ordinal);
            _logger.CustomTeamDomain(isLocal ? LogLevel.Debug : LogLevel.Warning, scheme, team.Issuer);
        }

        foreach (var audience in team.Audiences.Where(audience => !AudienceTag.IsUsual(audience)))
        {
            _logger.UnusualAudience(scheme, audience);
        }
    }
}
