using CfAccess.AspNetCore;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.JwtBearer;

/// <summary>
/// Gives the keys of one team to another library that reads an <see cref="IConfigurationManager{T}"/>. It contains keys and the issuer only: the library
/// itself must check the algorithm (RS256), the audience, the <c>type</c>, and the lifetime, and must try only the key with the <c>kid</c> of the token
/// (<see cref="TokenValidationParameters.TryAllIssuerSigningKeys"/> is <see langword="false"/>). For JwtBearer use <c>AddCloudflareAccessJwtBearer</c>.
/// </summary>
/// <remarks>
/// A requested refresh causes a fetch, unless the cool-down of the last fetch is running. A withdrawn key is not trusted after
/// the next fetch, because <see cref="BaseConfigurationManager.UseLastKnownGoodConfiguration"/> is off. Leave it off.
/// </remarks>
public sealed class CloudflareAccessConfigurationManager : BaseConfigurationManager, IConfigurationManager<OpenIdConnectConfiguration>
{
    private readonly ICloudflareAccessSigningKeys _keys;
    private readonly string _issuer;
    private readonly string _scheme;
    private Snapshot? _snapshot;
    private int _isRefreshRequested;

    /// <summary>Creates a manager.</summary>
    /// <param name="keys">The keys, as <c>AddCloudflareAccess</c> or <c>AddCloudflareAccessKeys</c> registers them.</param>
    /// <param name="issuer">One of <see cref="ICloudflareAccessSigningKeys.GetIssuers"/>, such as <c>https://acme.cloudflareaccess.com</c>.</param>
    /// <param name="scheme">The name given to <c>AddCloudflareAccess</c> or <c>AddCloudflareAccessKeys</c>. Default: <c>CloudflareAccess</c>.</param>
    /// <exception cref="ArgumentException">There is no such scheme, or the scheme has no team with this issuer.</exception>
    public CloudflareAccessConfigurationManager(
        ICloudflareAccessSigningKeys keys, string issuer, string scheme = CloudflareAccessDefaults.AuthenticationScheme)
    {
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentException.ThrowIfNullOrEmpty(issuer);
        if (!keys.GetIssuers(scheme).Contains(issuer))
        {
            throw new ArgumentException(
                $"The scheme '{scheme}' has no team with the issuer {issuer}. Its issuers: {string.Join(", ", keys.GetIssuers(scheme))}.", nameof(issuer));
        }

        (_keys, _issuer, _scheme) = (keys, issuer, scheme);
        MetadataAddress = issuer + CloudflareAccessDefaults.KeySetPath;
        UseLastKnownGoodConfiguration = false;
    }

    /// <summary>Gets the current keys. Waits for the first fetch, or for a fetch that was requested.</summary>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>The configuration: the same object until the next fetch.</returns>
    /// <exception cref="InvalidOperationException">No trusted keys are available. The log contains the reason of the last failure.</exception>
    public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _isRefreshRequested, 0) != 0)
        {
            // No published key has an empty id, so this fetches the keys as for any unknown key, within the cool-down.
            await _keys.FindAsync(_issuer, string.Empty, _scheme, cancel).ConfigureAwait(false);
        }

        var keys = await _keys.GetAllAsync(_issuer, _scheme, cancel).ConfigureAwait(false);
        return keys.Count > 0
            ? Create(keys)
            : throw new InvalidOperationException($"No trusted signing keys of {_issuer} are available. The log contains the reason of the last failure.");
    }

    /// <inheritdoc cref="GetConfigurationAsync"/>
    public override async Task<BaseConfiguration> GetBaseConfigurationAsync(CancellationToken cancel) =>
        await GetConfigurationAsync(cancel).ConfigureAwait(false);

    /// <summary>Requests a fetch at the next call of <see cref="GetConfigurationAsync"/>, unless the cool-down is running then.</summary>
    public override void RequestRefresh() => Interlocked.Exchange(ref _isRefreshRequested, 1);

    private OpenIdConnectConfiguration Create(IReadOnlyList<SecurityKey> keys)
    {
        if (Volatile.Read(ref _snapshot) is { } current && ReferenceEquals(current.Keys, keys))
        {
            return current.Configuration;
        }

        var configuration = new OpenIdConnectConfiguration { Issuer = _issuer, JwksUri = MetadataAddress };
        foreach (var key in keys)
        {
            configuration.SigningKeys.Add(key);
        }

        Volatile.Write(ref _snapshot, new Snapshot(keys, configuration));
        return configuration;
    }

    private sealed record Snapshot(IReadOnlyList<SecurityKey> Keys, OpenIdConnectConfiguration Configuration);
}
