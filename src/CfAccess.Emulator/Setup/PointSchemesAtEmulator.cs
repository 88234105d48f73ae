using CfAccess.AspNetCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator.Setup;

/// <summary>
/// Makes the emulator the team of every Cloudflare Access scheme, also in place of a real team. The audiences stay the application's own.
/// </summary>
internal sealed class PointSchemesAtEmulator(IServiceProvider services) : IPostConfigureOptions<CloudflareAccessOptions>
{
    public void PostConfigure(string? name, CloudflareAccessOptions options)
    {
        var audiences = options.Audiences.Concat(options.Teams.SelectMany(team => team.Audiences));
        options.Audiences = [.. audiences.Distinct(StringComparer.Ordinal)];
        options.GroupsClaim ??= options.Teams.Select(team => team.GroupsClaim).FirstOrDefault(claim => claim is not null);
        options.Teams = [];
        options.AllowCustomTeamDomain = true;
        if (options.Audiences.Count == 0)
        {
            options.Audiences = [AccessEmulatorDefaults.Audience];
        }

        options.TeamDomain = Remember(options.Audiences);
    }

    private string Remember(IEnumerable<string> audiences)
    {
        try
        {
            var emulator = services.GetRequiredService<AccessEmulator>();
            emulator.Tags.Remember(audiences);
            return emulator.Issuer;
        }
        catch (OptionsValidationException)
        {
            // The emulator's own options stop the start with their own message; this scheme need not add to it.
            return AccessEmulatorDefaults.Issuer;
        }
    }
}
