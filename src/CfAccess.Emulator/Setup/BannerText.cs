using System.Globalization;
using System.Text;

namespace CfAccess.Emulator.Setup;

/// <summary>What a developer wants to know first: where to go, as whom, and how a program calls.</summary>
internal static class BannerText
{
    /// <summary>Of an emulator before an application.</summary>
    public static string Of(AccessEmulator emulator, ListeningAddress address, AppPaths paths)
    {
        var text = new StringBuilder()
            .AppendLine()
            .AppendLine("The Cloudflare Access emulator stands before this app. It is not Cloudflare.")
            .AppendLine();
        if (address.IsForHttp2Only)
        {
            text.Append("  Listens on       ").Append(address.Url).AppendLine(", for HTTP/2 without TLS only, which no browser speaks.")
                .AppendLine("                   To log in, add an https address, or one for HTTP/1.1.");
        }
        else
        {
            text.Append("  Open             ").Append(address.Url).AppendLine(paths.ForPeople(emulator.ServiceTokens));
            AppendPages(text, address.Url);
        }

        AppendPeople(text, emulator);
        foreach (var serviceToken in emulator.ServiceTokens)
        {
            text.Append("  Service token    ").AppendLine(serviceToken.Name ?? serviceToken.ClientId)
                .Append("    Client ID      ").AppendLine(serviceToken.ClientId)
                .Append("    Client Secret  ").AppendLine(serviceToken.ClientSecret)
                .Append("    ").Append(address.Curl).Append(" -H 'CF-Access-Client-Id: ").Append(serviceToken.ClientId)
                .Append("' -H 'CF-Access-Client-Secret: ").Append(serviceToken.ClientSecret)
                .Append("' ").Append(address.Url).AppendLine(paths.ForService(serviceToken.ClientId));
        }

        return AppendMint(text, emulator, address).ToString();
    }

    /// <summary>Of an emulator on its own.</summary>
    public static string OfHost(AccessEmulator emulator, string listening)
    {
        var address = ListeningAddress.From(listening);
        var text = new StringBuilder()
            .AppendLine()
            .AppendLine("The Cloudflare Access emulator runs on its own. It is not Cloudflare.")
            .AppendLine()
            .Append("  Team domain      ").AppendLine(emulator.Issuer)
            .Append("  Audience         ").AppendLine(string.Join(", ", emulator.Audiences))
            .Append("  Keys             ").Append(address.Url).AppendLine(AccessPaths.Certs);
        AppendPages(text, address.Url);
        AppendPeople(text, emulator);
        foreach (var serviceToken in emulator.ServiceTokens)
        {
            text.Append("  Service token    ").AppendLine(serviceToken.ClientId);
        }

        return AppendMint(text, emulator, address).ToString();
    }

    private static void AppendPages(StringBuilder text, string url) => text
        .Append("  Log in           ").Append(url).AppendLine(AccessPaths.Login)
        .Append("  Dashboard        ").Append(url).AppendLine(AccessPaths.Dashboard)
        .Append("  Log out          ").Append(url).AppendLine(AccessPaths.Logout);

    private static void AppendPeople(StringBuilder text, AccessEmulator emulator)
    {
        var width = emulator.People.Select(person => person.Email.Length).DefaultIfEmpty().Max();
        foreach (var person in emulator.People)
        {
            var groups = person.Groups.Count > 0 ? string.Join(", ", person.Groups) : "no groups";
            text.Append("  Person           ").Append(person.Email.PadRight(width)).Append("  (").Append(groups).AppendLine(")");
        }
    }

    private static StringBuilder AppendMint(StringBuilder text, AccessEmulator emulator, ListeningAddress address)
    {
        var body = emulator.People is [var first, ..] && !first.Email.Contains('\'', StringComparison.Ordinal) ? $$"""{"email": "{{first.Email}}"}""" : """{"email": "you@example.com", "groups": []}""";
        text.AppendLine("  Make a token for a script")
            .AppendLine(CultureInfo.InvariantCulture, $"    {address.Curl} -H 'Authorization: Bearer {emulator.MintSecret}' -d '{body}' {address.Url}{AccessPaths.Mint}");
        return text.AppendJoin(string.Empty, emulator.Parts.All.Select(part => part.Banner(address))).AppendLine();
    }
}
