using System.Collections.Concurrent;
using CfAccess.AspNetCore.JwtBearer;
using CfAccess.AspNetCore.Tokens;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore;

/// <summary>
/// Gives the keys of a team and the rules for its tokens to an application that keeps <c>AddJwtBearer</c>. It wants both: the one as
/// <c>JwtBearerOptions.ConfigurationManager</c>, the other as <c>JwtBearerOptions.TokenValidationParameters</c>. Added by
/// <c>AddCloudflareAccessKeys</c>.
/// </summary>
public sealed class CloudflareAccessKeys
{
    private readonly AccessSchemes _schemes;
    private readonly IOptionsMonitor<CloudflareAccessOptions> _options;
    private readonly HashSet<string> _names;
    private readonly ConcurrentDictionary<string, TeamKeysConfigurationManager> _managers = new(StringComparer.Ordinal);

    internal CloudflareAccessKeys(
        AccessSchemes schemes, IOptionsMonitor<CloudflareAccessOptions> options, IEnumerable<SettingsName> names)
    {
        _schemes = schemes;
        _options = options;
        _names = SettingsName.All(names);
    }

    /// <summary>
    /// Gets the keys, as they are fetched, refreshed and trusted for a scheme. It never falls back to an earlier set, and a refresh that is
    /// requested of it causes none.
    /// </summary>
    /// <param name="name">The name given to <c>AddCloudflareAccessKeys</c>. Default: <c>CloudflareAccess</c>.</param>
    /// <returns>The configuration manager, which is a <see cref="BaseConfigurationManager"/> too; always the same for a name.</returns>
    /// <exception cref="ArgumentException">There are no settings of that name.</exception>
    /// <exception cref="OptionsValidationException">The settings are wrong.</exception>
    public IConfigurationManager<OpenIdConnectConfiguration> GetConfigurationManager(
        string name = CloudflareAccessDefaults.AuthenticationScheme)
    {
        SettingsName.Require(_names, name, nameof(name));
        return _managers.GetOrAdd(name, key => new TeamKeysConfigurationManager(_schemes.Get(key).Teams, _options.Get(key).TimeProvider!));
    }

    /// <summary>
    /// Makes parameters with the rules of a scheme: RS256 by the key with the token's <c>kid</c> and no other, a configured team as issuer, one
    /// of that team's audiences, <c>type</c> of <c>app</c>, the lifetime, no critical extensions, no duplicate members. A token that they
    /// refuse fails with a <see cref="CloudflareAccessFailureException"/>, which names the reason, or with an exception of
    /// Microsoft.IdentityModel. No member of a token becomes a role.
    /// </summary>
    /// <param name="name">The name given to <c>AddCloudflareAccessKeys</c>. Default: <c>CloudflareAccess</c>.</param>
    /// <returns>New parameters. Those about issuer, audience, algorithm, key and lifetime must stay as they are.</returns>
    /// <exception cref="ArgumentException">There are no settings of that name.</exception>
    /// <exception cref="OptionsValidationException">The settings are wrong.</exception>
    public TokenValidationParameters CreateTokenValidationParameters(string name = CloudflareAccessDefaults.AuthenticationScheme)
    {
        SettingsName.Require(_names, name, nameof(name));
        var settings = _options.Get(name);
        var teams = _schemes.Get(name).Teams;
        var rules = new ClaimRules(settings.ClockSkew, settings.TimeProvider!);
        return BearerParameters.New(new AccessKeyResolver(teams, settings.MaxTokenLength, rules), teams.Select(team => team.Issuer), rules);
    }
}
