using static CfAccess.Emulator.Pages.PageFrame;

namespace CfAccess.Emulator.Pages;

/// <summary>The pages that say one thing and link back.</summary>
internal static class MessagePage
{
    public static string LoggedOut() => Say("Logged out", "Your session has ended.");

    public static string Refused(string sentence) => Say("That did not work", sentence);

    public static string NoSuchEndpoint() => Say("Not found", "Cloudflare Access has no such page, or the emulator does not know it.");

    private static string Say(string title, string sentence) => Render(title, $"""
        <p>{Text(sentence)}</p>
        <p><a href="/">Back to the application</a></p>
        """);
}
