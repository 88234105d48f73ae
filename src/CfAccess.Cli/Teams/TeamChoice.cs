using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Teams;
using CfAccess.Cli.CommandLine;

namespace CfAccess.Cli.Teams;

/// <summary>The team that <c>--team</c> names.</summary>
/// <param name="Issuer">Its issuer, which is the origin of its keys too.</param>
internal sealed record TeamChoice(string Issuer)
{
    public Uri KeysUrl => new(Issuer + CloudflareAccessDefaults.KeySetPath);

    /// <summary>Whether it is none of Cloudflare's, which the library takes only where it is told to.</summary>
    public bool IsCustom => !TeamDomain.IsCloudflare(Issuer);

    /// <summary>
    /// The library's own reading of a team domain. An origin on this machine is an emulator, and cannot be a stranger's; any other needs
    /// <paramref name="allowCustom"/>.
    /// </summary>
    /// <exception cref="CliException">There is none, or it is none.</exception>
    public static TeamChoice Of(string? value, bool allowCustom)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            throw CliException.WrongUse("Say which team: --team acme for https://acme.cloudflareaccess.com.");
        }

        if (TeamDomain.TryGetIssuer(value, allowCustom: true, isDevelopment: false, out var issuer)
            && (allowCustom || TeamDomain.IsCloudflare(issuer) || IsOnThisMachine(new Uri(issuer))))
        {
            return new(issuer);
        }

        throw CliException.WrongUse(
            $"--team {Quoted.Value(value)} is no team domain. Write acme, acme.cloudflareaccess.com or https://acme.cloudflareaccess.com; "
            + "for an emulator its origin, such as http://localhost:5090; for any other https origin add --allow-custom-team.");
    }

    /// <summary>Plain http to a name under localhost never comes here: the library rejects it.</summary>
    private static bool IsOnThisMachine(Uri origin) => origin.IsLoopback || origin.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
