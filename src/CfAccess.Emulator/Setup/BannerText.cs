using System.Globalization;
using System.Text;
using CfAccess.Emulator.Shield;

namespace CfAccess.Emulator.Setup;

/// <summary>What a developer wants to know first: where to go, as whom, and how a program calls.</summary>
internal static class BannerText
{
    private static readonly string[] AnyAddress = ["://[::]", "://0.0.0.0", "://+", "://*"];

    /// <summary>Of an emulator before an application.</summary>
    public static string Of(AccessEmulator emulator, string listening)
    {
        var address = Address(listening);
        var text = new StringBuilder()
            .AppendLine()
            .AppendLine("The Cloudflare Access emulator stands before this app. It is not Cloudflare.")
            .AppendLine()
            .Append("  Open             ").AppendLine(address);
        AppendPages(text, emulator, address);
        foreach (var serviceToken in emulator.ServiceTokens)
        {
            text.Append("  Service token    ").AppendLine(serviceToken.Name ?? serviceToken.ClientId)
                .Append("    Client ID      ").AppendLine(serviceToken.ClientId)
                .Append("    Client Secret  ").AppendLine(serviceToken.ClientSecret)
                .Append("    curl -H 'CF-Access-Client-Id: ").Append(serviceToken.ClientId)
                .Append("' -H 'CF-Access-Client-Secret: ").Append(serviceToken.ClientSecret)
                .Append("' ").Append(address).AppendLine("/");
        }

        return AppendMint(text, emulator, address).ToString();
    }

    /// <summary>Of an emulator on its own.</summary>
    public static string OfHost(AccessEmulator emulator, string listening)
    {
        var address = Address(listening);
        var text = new StringBuilder()
            .AppendLine()
            .AppendLine("The Cloudflare Access emulator runs on its own. It is not Cloudflare.")
            .AppendLine()
            .Append("  Team domain      ").AppendLine(emulator.Issuer)
            .Append("  Audience         ").AppendLine(string.Join(", ", emulator.Audiences))
            .Append("  Keys             ").Append(address).AppendLine(AccessPaths.Certs);
        AppendPages(text, emulator, address);
        foreach (var serviceToken in emulator.ServiceTokens)
        {
            text.Append("  Service token    ").AppendLine(serviceToken.ClientId);
        }

        return AppendMint(text, emulator, address).ToString();
    }

    private static string Address(string listening) =>
        AnyAddress.Aggregate(listening, (text, any) => text.Replace(any, "://localhost", StringComparison.Ordinal));

    private static void AppendPages(StringBuilder text, AccessEmulator emulator, string address)
    {
        text.Append("  Log in           ").Append(address).AppendLine(AccessPaths.Login)
            .Append("  Dashboard        ").Append(address).AppendLine(AccessPaths.Dashboard)
            .Append("  Log out          ").Append(address).AppendLine(AccessPaths.Logout);

        var width = emulator.People.Select(person => person.Email.Length).DefaultIfEmpty().Max();
        foreach (var person in emulator.People)
        {
            var groups = person.Groups.Count > 0 ? string.Join(", ", person.Groups) : "no groups";
            text.Append("  Person           ").Append(person.Email.PadRight(width)).Append("  (").Append(groups).AppendLine(")");
        }
    }

    private static StringBuilder AppendMint(StringBuilder text, AccessEmulator emulator, string address)
    {
        var body = emulator.People is [var first, ..] && !first.Email.Contains('\'', StringComparison.Ordinal) ? $$"""{"email": "{{first.Email}}"}""" : """{"email": "you@example.com", "groups": []}""";
        text.AppendLine("  Make a token for a script")
            .AppendLine(CultureInfo.InvariantCulture, $"    curl -H 'Authorization: Bearer {emulator.MintSecret}' -d '{body}' {address}{AccessPaths.Mint}");
        return (emulator.Shield is null ? text : AppendShield(text, emulator, address)).AppendLine();
    }

    /// <summary>As lines for a shell, by the name that Cloudflare's own tools know the secret by. Any zone is the one zone that there is.</summary>
    private static StringBuilder AppendShield(StringBuilder text, AccessEmulator emulator, string address) => text
        .AppendLine("  API Shield, as Cloudflare's API has it")
        .AppendLine(CultureInfo.InvariantCulture, $"    export CLOUDFLARE_API_TOKEN={emulator.MintSecret}")
        .AppendLine(CultureInfo.InvariantCulture, $"    zone={address}{ShieldApi.Prefix}/zones/{new string('0', 32)}")
        .AppendLine("    curl -H \"Authorization: Bearer $CLOUDFLARE_API_TOKEN\" $zone/token_validation/rules");
}
