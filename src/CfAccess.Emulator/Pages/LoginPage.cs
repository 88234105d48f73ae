using static CfAccess.Emulator.Pages.PageFrame;

namespace CfAccess.Emulator.Pages;

/// <summary>The page on which one picks who to be. It posts to its own address.</summary>
internal static class LoginPage
{
    public const string PersonField = "person";
    public const string EmailField = "email";
    public const string GroupsField = "groups";
    public const string ReturnField = "redirect_url";

    public static string Render(
        IReadOnlyList<AccessEmulatorPerson> people,
        string host,
        string? path,
        string returnAddress,
        (string Name, string Value) antiforgery)
    {
        var hidden = Hidden(antiforgery.Name, antiforgery.Value) + (path is null ? string.Empty : "\n" + Hidden(ReturnField, path));
        return PageFrame.Render("Log in", $"""
            <p>to <strong>{Text(host)}</strong>, as anyone you like: no password, and only on this machine.</p>
            {(people.Count > 0 ? KnownPeople(people, hidden) : string.Empty)}
            <form method="post" aria-label="Log in as somebody else">
            {hidden}
            <label>Somebody else's e-mail address <input name="{EmailField}" type="email" required autocomplete="off" placeholder="you@example.com"></label>
            <label>In the groups, with commas between them <input name="{GroupsField}" autocomplete="off" placeholder="none"></label>
            <button>Log in</button>
            </form>
            <p>You go on to <strong>{Text(returnAddress)}</strong>. See <a href="{AccessPaths.Dashboard}">the dashboard</a>.</p>
            """);
    }

    private static string KnownPeople(IReadOnlyList<AccessEmulatorPerson> people, string hidden) => $"""
        <form method="post" aria-label="Log in as somebody whom the emulator knows">
        {hidden}
        {string.Join('\n', people.Select(Button))}
        </form>
        <hr>
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
