using CfAccess.Emulator.Sessions;
using static CfAccess.Emulator.Pages.PageFrame;

namespace CfAccess.Emulator.Pages;

/// <summary>The page on which a developer picks who to be. It posts to its own address.</summary>
/// <param name="emulator">The emulator.</param>
/// <param name="host">The host that the login is for.</param>
/// <param name="path">The path and query that the login leads to, as the address of the page names it; null if it names none.</param>
/// <param name="returnAddress">The address that the login leads to.</param>
/// <param name="end">Why the last session of this browser ended; null if it had none that ended.</param>
/// <param name="antiforgery">The field that each form has.</param>
internal sealed class LoginPage(
    AccessEmulator emulator, string host, string? path, string returnAddress, SessionEnd? end, (string Name, string Value) antiforgery)
{
    public const string PersonField = "person";
    public const string EmailField = "email";
    public const string GroupsField = "groups";
    public const string ReturnField = "redirect_url";
    public const string SessionField = "session";
    public const string ShortSession = "short";

    /// <summary>Short enough to watch how a connection ends with its token.</summary>
    public static readonly TimeSpan ShortLifetime = TimeSpan.FromMinutes(1);

    public string Render() => PageFrame.Render("Log in", $"""
        {(end is { } why ? $"""<p class="bad" role="status">{Text(why.Sentence("Your session"))} Log in again.</p>""" : string.Empty)}
        <p>to <strong>{Text(host)}</strong>, as anyone you like: no password, and only on this machine.</p>
        {(emulator.People.Count > 0 ? KnownPeople() : string.Empty)}
        <form method="post" aria-label="Log in as somebody else">
        {Hidden()}
        <label>Somebody else's e-mail address <input name="{EmailField}" type="email" required autocomplete="off" placeholder="you@example.com"></label>
        <label>In the groups, with commas between them <input name="{GroupsField}" autocomplete="off" placeholder="none"></label>
        {Session()}
        <button>Log in</button>
        </form>
        <p>You go on to <strong>{Text(returnAddress)}</strong>. See <a href="{AccessPaths.Dashboard}">the dashboard</a>.</p>
        """);

    private string KnownPeople() => $"""
        <form method="post" aria-label="Log in as somebody whom the emulator knows">
        {Hidden()}
        {string.Join('\n', emulator.People.Select(Button))}
        {Session()}
        </form>
        <hr>
        """;

    private string Hidden() =>
        PageFrame.Hidden(antiforgery.Name, antiforgery.Value) + (path is null ? string.Empty : "\n" + PageFrame.Hidden(ReturnField, path));

    private string Session() => $"""
        <label>The session lasts <select name="{SessionField}">
        <option value="">{Ages.Length(emulator.SessionDuration)}</option>
        <option value="{ShortSession}">{Ages.Length(ShortLifetime)}, to watch how it ends</option>
        </select></label>
        """;

    private static string Button(AccessEmulatorPerson person) => $"""
        <button name="{PersonField}" value="{Text(person.Email)}">
        <strong>{Text(person.Name ?? person.Email)}</strong>
        <span>{Text(person.Email)}</span>
        <span>{Groups(person.Groups)}</span>
        </button>
        """;

    private static string Groups(IReadOnlyList<string> groups) => groups.Count switch
    {
        0 => "In no group",
        1 => $"Group: {Text(groups[0])}",
        _ => $"Groups: {Text(string.Join(", ", groups))}",
    };
}
