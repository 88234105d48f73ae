using static CfAccess.Emulator.Pages.PageFrame;

namespace CfAccess.Emulator.Pages;

/// <summary>The page on which one picks who to be. It posts to its own address.</summary>
internal static class LoginPage
{
    public const string PersonField = "person";
    public const string ReturnField = "redirect_url";

    public static string Render(
        IReadOnlyList<AccessEmulatorPerson> people,
        string host,
        string? path,
        string returnAddress,
        (string Name, string Value) antiforgery) => PageFrame.Render("Log in", $"""
        <p>to <strong>{Text(host)}</strong>, as anyone you like: no password, and only on this machine.</p>
        <form method="post" aria-label="Log in">
        {Hidden(antiforgery.Name, antiforgery.Value)}
        {(path is null ? string.Empty : Hidden(ReturnField, path))}
        {(people.Count > 0 ? string.Join('\n', people.Select(Button)) : "<p>The emulator has no people. Add some in its options.</p>")}
        </form>
        <p>You go on to <strong>{Text(returnAddress)}</strong>.</p>
        """);

    private static string Hidden(string name, string value) => $"""<input type="hidden" name="{Text(name)}" value="{Text(value)}">""";

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
