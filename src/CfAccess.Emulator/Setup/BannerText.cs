using System.Globalization;
using System.Text;

namespace CfAccess.Emulator.Setup;

/// <summary>What a developer wants to know first: where to go, as whom, and how a service calls.</summary>
internal static class BannerText
{
    private static readonly string[] AnyAddress = ["://[::]", "://0.0.0.0", "://+", "://*"];

    public static string Of(AccessEmulator emulator, string listening)
    {
        var address = AnyAddress.Aggregate(listening, (text, any) => text.Replace(any, "://localhost", StringComparison.Ordinal));
        var width = emulator.People.Select(person => person.Email.Length).DefaultIfEmpty().Max();
        var text = new StringBuilder()
            .AppendLine()
            .AppendLine("The Cloudflare Access emulator stands before this app. It is not Cloudflare.")
            .AppendLine()
            .Append("  Open             ").AppendLine(address)
            .Append("  Log in           ").Append(address).AppendLine(AccessPaths.Login)
            .Append("  Log out          ").Append(address).AppendLine(AccessPaths.Logout);

        foreach (var person in emulator.People)
        {
            var groups = person.Groups.Count > 0 ? string.Join(", ", person.Groups) : "no groups";
            text.Append("  Person           ").Append(person.Email.PadRight(width)).Append("  (").Append(groups).AppendLine(")");
        }

        foreach (var serviceToken in emulator.ServiceTokens)
        {
            text.Append("  Service token    ").AppendLine(serviceToken.Name ?? serviceToken.ClientId)
                .Append("    Client ID      ").AppendLine(serviceToken.ClientId)
                .Append("    Client Secret  ").AppendLine(serviceToken.ClientSecret)
                .Append("    curl -H 'CF-Access-Client-Id: ").Append(serviceToken.ClientId)
                .Append("' -H 'CF-Access-Client-Secret: ").Append(serviceToken.ClientSecret)
                .Append("' ").Append(address).AppendLine("/");
        }

        var body = emulator.People is [var first, ..] ? $$"""{"email": "{{first.Email}}"}""" : """{"email": "you@example.com", "groups": []}""";
        return text
            .AppendLine("  Make a token for a script")
            .AppendLine(CultureInfo.InvariantCulture, $"    curl -H 'Authorization: Bearer {emulator.MintSecret}' -d '{body}' {address}{AccessPaths.Mint}")
            .AppendLine()
            .ToString();
    }
}
