using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore;

/// <summary>Gives the keys of the schemes to other packages.</summary>
internal sealed class AccessSigningKeys(AccessSchemes schemes, IEnumerable<SettingsName> names) : ICloudflareAccessSigningKeys
{
    private readonly HashSet<string> _names = SettingsName.All(names);

    public IReadOnlyList<string> GetIssuers(string scheme) => [.. TeamsOf(scheme).Select(team => team.Issuer)];

    public async ValueTask<CloudflareAccessSigningKeyResult> FindAsync(string issuer, string keyId, string scheme, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keyId);
        var resolution = await KeysOf(issuer, scheme).ResolveAsync(keyId, cancellationToken).ConfigureAwait(false);
        if (resolution.Key is { } key)
        {
            return CloudflareAccessSigningKeyResult.Found(key);
        }

        var failure = TokenFailure.Of(resolution);
        return CloudflareAccessSigningKeyResult.Missing(
            failure.Reason, failure.Reason == AccessFailureReason.KeysUnavailable ? failure.RetryAfter : null);
    }

    public async ValueTask<IReadOnlyList<SecurityKey>> GetAllAsync(string issuer, string scheme, CancellationToken cancellationToken)
    {
        var keys = KeysOf(issuer, scheme);
        if (keys.Trusted() is { } set)
        {
            return set.All;
        }

        keys.Refresh();
        return await keys.WaitForFirstSetAsync(cancellationToken).ConfigureAwait(false) ? keys.Trusted()?.All ?? [] : [];
    }

    private SigningKeyProvider KeysOf(string issuer, string scheme) =>
        TeamsOf(scheme).FirstOrDefault(team => team.Issuer == issuer)?.Keys
        ?? throw new ArgumentException($"The scheme '{scheme}' has no team with the issuer {issuer}.", nameof(issuer));

    private IReadOnlyList<AccessTeam> TeamsOf(string scheme)
    {
        SettingsName.Require(_names, scheme, nameof(scheme));
        return schemes.Get(scheme).Teams;
    }
}
