using CfAccess.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.Setup;

/// <summary>
/// Makes the emulator the team of every Cloudflare Access scheme, also in place of a real team, and its clock the scheme's. The audiences
/// stay the application's own.
/// </summary>
internal sealed class PointSchemesAtEmulator(IServiceProvider services) : IPostConfigureOptions<CloudflareAccessOptions>
{
    public void PostConfigure(string? name, CloudflareAccessOptions options)
    {
        var audiences = options.Audiences.Concat(options.Teams.SelectMany(team => team.Audiences));
        options.Audiences = [.. audiences.Distinct(StringComparer.Ordinal)];
        if (options.Teams.FirstOrDefault(team => team.GroupsClaim is not null || team.GroupsFromIdentity) is { } grouped
            && options is { GroupsClaim: null, GroupsFromIdentity: false })
        {
            (options.GroupsClaim, options.GroupsFromIdentity) = (grouped.GroupsClaim, grouped.GroupsFromIdentity);
        }

        options.Teams = [];
        options.AllowCustomTeamDomain = true;
        try
        {
            var emulator = services.GetRequiredService<AccessEmulator>();
            var hasNone = options.Audiences.Count == 0;
            options.Audiences = hasNone ? [.. emulator.Applications.AppDefaults] : options.Audiences;
            emulator.Applications.Follow(options.Audiences);
            options.TeamDomain = emulator.Issuer;
            KeepLogin(options, hasNone);
            options.TimeProvider = emulator.Clock;
        }
        catch (OptionsValidationException)
        {
            // The emulator's own options stop the start with their own message; this scheme need not add to it.
            options.TeamDomain = AccessEmulatorDefaults.Issuer;
            options.Audiences = [AccessEmulatorDefaults.Audience];
        }
    }

    /// <summary>
    /// An app without audiences of its own gets those of the emulator's applications, and logs in to the first. Of its own ones it has to
    /// choose, as elsewhere.
    /// </summary>
    private static void KeepLogin(CloudflareAccessOptions options, bool areTheEmulators)
    {
        if (areTheEmulators && options.Challenge is { } challenge)
        {
            challenge.Audience = options.Audiences[0];
        }
    }
}
