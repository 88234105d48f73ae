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
            options.Audiences = options.Audiences.Count > 0 ? options.Audiences : [.. emulator.Applications.AppDefaults];
            emulator.Applications.Follow(options.Audiences);
            options.TeamDomain = emulator.Issuer;
            options.TimeProvider = emulator.Clock;
        }
        catch (OptionsValidationException)
        {
            // The emulator's own options stop the start with their own message; this scheme need not add to it.
            options.TeamDomain = AccessEmulatorDefaults.Issuer;
            options.Audiences = [AccessEmulatorDefaults.Audience];
        }
    }
}
