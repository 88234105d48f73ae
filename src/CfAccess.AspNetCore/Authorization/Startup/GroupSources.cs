using CfAccess.AspNetCore.Teams;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.AspNetCore.Authorization.Startup;

/// <summary>Where groups can come from: the settings of a team, or code of the application that adds claims.</summary>
internal sealed class GroupSources(
    TrustedTeams teams, IEnumerable<SettingsName> names, IOptionsMonitor<CloudflareAccessOptions> options, IServiceScopeFactory scopes)
{
    /// <summary>Whether a person of a team, or of any team if none is named, can have groups.</summary>
    public bool Exist(string? issuer) =>
        teams.All.Any(team => team.GroupClaimType is not null && (issuer is null || team.Issuer == issuer))
        || names.Select(name => options.Get(name.Name)).Any(settings => settings.EventsType is not null || settings.Events.HearsOfTokens)
        || HasTransformation();

    private bool HasTransformation()
    {
        using var scope = scopes.CreateScope();
        return scope.ServiceProvider.GetService<IClaimsTransformation>() is not (null or NoopClaimsTransformation);
    }
}
