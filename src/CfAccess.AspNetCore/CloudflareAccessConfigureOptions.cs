using CfAccess.Shared.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore;

/// <summary>Reads a scheme's options from <c>Authentication:Schemes:{scheme}</c>.</summary>
/// <param name="configuration">The application's configuration.</param>
/// <param name="schemes">Finds the section of a scheme; null in an application without authentication.</param>
internal sealed class CloudflareAccessConfigureOptions(IConfiguration configuration, IAuthenticationConfigurationProvider? schemes = null)
    : IConfigureNamedOptions<CloudflareAccessOptions>
{
    public void Configure(CloudflareAccessOptions options) => Configure(Options.DefaultName, options);

    public void Configure(string? name, CloudflareAccessOptions options)
    {
        if (!string.IsNullOrEmpty(name) && Find(name) is IConfigurationSection section)
        {
            new SettingsReader(section, options.ConfigurationErrors).ReadAll(reader => Read(reader, options));
        }
    }

    private IConfiguration Find(string name) => schemes is null
        ? configuration.GetSection($"Authentication:Schemes:{name}")
        : schemes.GetSchemeConfiguration(name);

    private static void Read(SettingsReader reader, CloudflareAccessOptions options)
    {
        reader.Text(nameof(options.TeamDomain), value => options.TeamDomain = value);
        reader.List(nameof(options.Audiences), value => options.Audiences = value);
        reader.Sections(nameof(options.Teams), team => options.Teams.Add(ReadTeam(team)));
        reader.Flag(nameof(options.TrustAllTeamsAlike), value => options.TrustAllTeamsAlike = value);
        reader.Flag(nameof(options.AllowCustomTeamDomain), value => options.AllowCustomTeamDomain = value);
        reader.Choice<CloudflareAccessTokenSources>(nameof(options.TokenSources), value => options.TokenSources = value);
        reader.Duration(nameof(options.ClockSkew), value => options.ClockSkew = value);
        reader.Text(nameof(options.GroupsClaim), value => options.GroupsClaim = value);
        reader.Flag(nameof(options.GroupsFromIdentity), value => options.GroupsFromIdentity = value);
        reader.Section(nameof(options.Identity), identity => Read(identity, options.Identity));
        reader.Number(nameof(options.MaxTokenLength), value => options.MaxTokenLength = value);
        reader.Section(nameof(options.Keys), keys => Read(keys, options.Keys));
        reader.Section(nameof(options.TokenCache), cache => Read(cache, options.TokenCache));
        reader.Section(nameof(options.Challenge), challenge => Read(challenge, options.Challenge));
        reader.Flag(nameof(options.IncludeErrorDetails), value => options.IncludeErrorDetails = value);
        reader.Flag(nameof(options.SaveToken), value => options.SaveToken = value);
        reader.Text(nameof(options.NameClaimType), value => options.NameClaimType = value);
        reader.Text(nameof(options.RoleClaimType), value => options.RoleClaimType = value);
    }

    private static CloudflareAccessTeam ReadTeam(SettingsReader reader)
    {
        var team = new CloudflareAccessTeam();
        reader.Text(nameof(team.TeamDomain), value => team.TeamDomain = value);
        reader.List(nameof(team.Audiences), value => team.Audiences = value);
        reader.Text(nameof(team.GroupsClaim), value => team.GroupsClaim = value);
        reader.Flag(nameof(team.GroupsFromIdentity), value => team.GroupsFromIdentity = value);
        return team;
    }

    private static void Read(SettingsReader reader, CloudflareAccessTokenCacheOptions cache)
    {
        reader.Flag(nameof(cache.Enabled), value => cache.Enabled = value);
        reader.Number(nameof(cache.MaximumEntries), value => cache.MaximumEntries = value);
        reader.Number(nameof(cache.MaximumBytes), value => cache.MaximumBytes = value);
        reader.Flag(nameof(cache.TokenValidatedOncePerToken), value => cache.TokenValidatedOncePerToken = value);
    }

    private static void Read(SettingsReader reader, CloudflareAccessIdentityOptions identity)
    {
        reader.Choice<CloudflareAccessIdentityLoad>(nameof(identity.Load), value => identity.Load = value);
        reader.Flag(nameof(identity.Required), value => identity.Required = value);
        reader.Duration(nameof(identity.CacheDuration), value => identity.CacheDuration = value);
        reader.Duration(nameof(identity.Timeout), value => identity.Timeout = value);
        reader.Duration(nameof(identity.Cooldown), value => identity.Cooldown = value);
        reader.Number(nameof(identity.MaximumAnswerSize), value => identity.MaximumAnswerSize = value);
        reader.Number(nameof(identity.MaximumBytes), value => identity.MaximumBytes = value);
        reader.List(nameof(identity.IdentityProviders), value => identity.IdentityProviders = value);
        reader.Flag(nameof(identity.Shared), value => identity.Shared = value);
    }

    private static void Read(SettingsReader reader, CloudflareAccessChallengeOptions challenge)
    {
        reader.Choice<CloudflareAccessChallengeMode>(nameof(challenge.Mode), value => challenge.Mode = value);
        reader.Text(nameof(challenge.Audience), value => challenge.Audience = value);
    }

    private static void Read(SettingsReader reader, CloudflareAccessKeyOptions keys)
    {
        reader.Duration(nameof(keys.RefreshInterval), value => keys.RefreshInterval = value);
        reader.Duration(nameof(keys.Cooldown), value => keys.Cooldown = value);
        reader.Duration(nameof(keys.MaximumStaleness), value => keys.MaximumStaleness = value);
        reader.Duration(nameof(keys.RetryDelay), value => keys.RetryDelay = value);
        reader.Duration(nameof(keys.MaximumRetryDelay), value => keys.MaximumRetryDelay = value);
        reader.Duration(nameof(keys.FetchTimeout), value => keys.FetchTimeout = value);
        reader.Duration(nameof(keys.WaitBudget), value => keys.WaitBudget = value);
        reader.Number(nameof(keys.MaximumAnswerSize), value => keys.MaximumAnswerSize = value);
        reader.Number(nameof(keys.MaximumKeys), value => keys.MaximumKeys = value);
        reader.Choice<CloudflareAccessPrewarm>(nameof(keys.Prewarm), value => keys.Prewarm = value);
        reader.Flag(nameof(keys.Shared), value => keys.Shared = value);
    }
}
