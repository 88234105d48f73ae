using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Teams;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.JwtBearer;

/// <summary>
/// The keys of a scheme's teams as a configuration. It fetches nothing by itself and cannot be made to: the keys refresh themselves, and a
/// token whose key is unknown asks for them where it is judged.
/// </summary>
internal sealed class TeamKeysConfigurationManager : BaseConfigurationManager, IConfigurationManager<OpenIdConnectConfiguration>
{
    private readonly IReadOnlyList<AccessTeam> _teams;
    private readonly TimeProvider _timeProvider;
    private Snapshot _snapshot;

    public TeamKeysConfigurationManager(IReadOnlyList<AccessTeam> teams, TimeProvider timeProvider)
    {
        _teams = teams;
        _timeProvider = timeProvider;
        _snapshot = new Snapshot(Keys: null, NewConfiguration(keys: null));
        MetadataAddress = teams[0].Issuer + CloudflareAccessDefaults.KeySetPath;

        // A key that left the set is withdrawn, and not known to be good.
        UseLastKnownGoodConfiguration = false;
    }

    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        foreach (var team in _teams.Where(team => team.Keys.Trusted(_timeProvider.GetUtcNow()) is null))
        {
            team.Keys.Refresh();
            if (!await team.Keys.WaitForFirstSetAsync(cancel).ConfigureAwait(false))
            {
                throw new InvalidOperationException(
                    $"No trusted signing keys of {team.Issuer} are to be had. The log tells why the last fetch failed.");
            }
        }

        return Current();
    }

    /// <summary>Called once at the beginning of each token, and once more where its key was not found.</summary>
    public override Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel)
    {
        if (KeyWait.Current is { IsPending: true } wait)
        {
            return WaitAsync(wait, cancel);
        }

        KeyWait.Begin();
        return Task.FromResult<BaseConfiguration>(Current());
    }

    /// <summary>Does nothing: whoever asks knows less of the token than <see cref="AccessKeyResolver"/> did.</summary>
    public override void RequestRefresh()
    {
    }

    /// <summary>Another object than before, since only then the token is looked at once more.</summary>
    private async Task<BaseConfiguration> WaitAsync(KeyWait wait, CancellationToken cancellationToken)
    {
        await wait.FinishAsync(cancellationToken).ConfigureAwait(false);
        return NewConfiguration(Trusted());
    }

    private OpenIdConnectConfiguration Current()
    {
        var keys = Trusted();
        var snapshot = Volatile.Read(ref _snapshot);
        if (!ReferenceEquals(snapshot.Keys, keys))
        {
            snapshot = new Snapshot(keys, NewConfiguration(keys));
            Volatile.Write(ref _snapshot, snapshot);
        }

        return snapshot.Configuration;
    }

    /// <summary>Several teams' keys are never one list, in which each team could sign for the other.</summary>
    private KeySet? Trusted() => _teams is [var only] ? only.Keys.Trusted(_timeProvider.GetUtcNow()) : null;

    private OpenIdConnectConfiguration NewConfiguration(KeySet? keys)
    {
        var configuration = new OpenIdConnectConfiguration { Issuer = _teams[0].Issuer, JwksUri = MetadataAddress };
        foreach (var key in keys?.All ?? [])
        {
            configuration.SigningKeys.Add(key);
        }

        return configuration;
    }

    private sealed record Snapshot(KeySet? Keys, OpenIdConnectConfiguration Configuration);
}
