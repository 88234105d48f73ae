using static CfAccess.Emulator.Pages.PageFrame;

namespace CfAccess.Emulator.Pages;

/// <summary>The pages that say one thing and link back.</summary>
internal static class MessagePage
{
    public static string LoggedOut() => Say("Logged out", "Your session has ended.");

    public static string Refused(string sentence) => Say("That did not work", sentence);

    public static string Forbidden(string sentence) => Render("Forbidden", $"""
        <p>{Text(sentence)}</p>
        <p><a href="{AccessPaths.Logout}">Log out</a>, and log in as somebody else.</p>
        """);

    public static string NoSuchEndpoint() => Say("Not found", "Cloudflare Access has no such page, or the emulator does not know it.");

    /// <summary>Where the emulator runs on its own.</summary>
    public static string NothingHere() => Render("Not found", $"""
        <p>The emulator runs on its own here, and there is no application behind it.</p>
        <p>Go on to <a href="{AccessPaths.Dashboard}">the dashboard</a>.</p>
        """);

    private static string Say(string title, string sentence) => Render(title, $"""
        <p>{Text(sentence)}</p>
        <p><a href="/">Back to the application</a></p>
        """);
}
