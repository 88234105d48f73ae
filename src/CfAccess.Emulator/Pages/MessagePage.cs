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

    /// <summary>Where the emulator runs on its own there is no application behind it.</summary>
    public static string NothingHere() => Render("Access emulator", $"""
        <p>It runs on its own, and there is no application behind it.</p>
        <p><a href="{AccessPaths.Login}">Log in</a>, then go to your application on this host: its port does not matter to the cookie.</p>
        <p><a href="{AccessPaths.Certs}">The keys</a></p>
        """);

    private static string Say(string title, string sentence) => Render(title, $"""
        <p>{Text(sentence)}</p>
        <p><a href="/">Back to the application</a></p>
        """);
}
