using CfAccess.Emulator.Edge;
using CfAccess.Emulator.Keys;
using CfAccess.Emulator.Setup;
using static CfAccess.Emulator.Pages.PageFrame;

namespace CfAccess.Emulator.Pages;

/// <summary>The page that shows what the emulator knows, with a button for whatever can happen to it.</summary>
/// <param name="emulator">The emulator.</param>
/// <param name="origin">Where the application is called.</param>
/// <param name="isAlone">Whether there is no application behind the emulator, which then sees no requests and takes no service tokens.</param>
/// <param name="current">The session of whoever looks; none when nobody is logged in.</param>
/// <param name="paths">The paths that the commands call.</param>
/// <param name="antiforgery">The field that each form has.</param>
internal sealed class DashboardPage(
    AccessEmulator emulator, string origin, bool isAlone, AccessEmulatorSession? current, AppPaths paths, (string Name, string Value) antiforgery)
{
    public const string ValueField = "value";

    private readonly DateTimeOffset _now = emulator.Clock.GetUtcNow();

    public string Render() => PageFrame.Render("Dashboard", $"""
        <p>of <code>{Text(emulator.Issuer)}</code></p>
        {Section("You", You())}
        {Section("Logins", Sessions())}
        {(isAlone ? string.Empty : Section("Service tokens", List(emulator.ServiceTokens.Select(ServiceToken), "There are none. Add some in the options.")))}
        {Section("Keys", Keys())}
        {(isAlone ? string.Empty : Section("Last requests", Requests()))}
        {string.Concat(emulator.Parts.All.SelectMany(part => part.Dashboard).Select(one => Section(one.Title, one.Content)))}
        """, isWide: true);

    private static string Section(string title, string content)
    {
        var id = title.Replace(' ', '-');
        return $"""
            <section aria-labelledby="{id}">
            <h2 id="{id}">{title}</h2>
            {content}
            </section>
            """;
    }

    private string You() => current is null
        ? $"""<p>Nobody is logged in in this browser. <a href="{AccessPaths.Login}">Log in</a></p>"""
        : $"""
            <p>You are <strong>{Text(current.Who)}</strong> in this browser. <a href="{AccessPaths.Logout}">Log out</a>, or
            <a href="{AccessPaths.Login}">log in as somebody else</a>.</p>
            """;

    private string Sessions() =>
        List(emulator.Sessions.All.Select(Session), "Nobody has logged in since the start.")
        + (isAlone ? "<p>What ends here ends for get-identity. An application that has the token lets it in until it expires by itself.</p>" : string.Empty);

    private string Session(AccessEmulatorSession session)
    {
        var isLive = _now < session.ExpiresAt;
        var groups = session.Person is { Groups: { Count: > 0 } named } ? $", in {Text(string.Join(", ", named))}" : string.Empty;
        var browser = session == current ? ", in this browser" : string.Empty;
        var state = isLive ? $"""<span class="good">ends {Ages.In(_now, session.ExpiresAt)}</span>""" : """<span class="bad">over</span>""";
        return $"""
            <li><strong>{Text(session.Who)}</strong>{groups}
            <p>This is login {session.Number}{browser}, at <time datetime="{session.IssuedAt:O}">{Ages.Clock(session.IssuedAt)}</time>,
            {Ages.Ago(_now, session.IssuedAt)}, {state}</p>
            <div class="buttons">
            {(isLive ? Button(DashboardAction.Expire, "Let it expire", session.Id, Name(session)) : string.Empty)}
            {Button(DashboardAction.Revoke, "Revoke", session.Id, Name(session))}
            </div>
            {(isLive ? Curl($"session-{session.Id}", $"curl -H 'Cookie: CF_Authorization={session.Token}' {origin}{PathFor(session)}") : string.Empty)}
            </li>
            """;
    }

    private static string Name(AccessEmulatorSession session) => $"{session.Who}, login {session.Number}";

    private string PathFor(AccessEmulatorSession session) => session.ClientId is { } clientId ? paths.ForService(clientId) : paths.ForPeople(emulator.ServiceTokens);

    private string ServiceToken(AccessEmulatorServiceToken one, int index) => $"""
        <li><strong>{Text(one.Name ?? one.ClientId)}</strong>
        <p><code>{Text(one.ClientId)}</code></p>
        {Curl(
            $"service-{index}",
            $"curl -H 'CF-Access-Client-Id: {one.ClientId}' -H 'CF-Access-Client-Secret: {one.ClientSecret}' {origin}{paths.ForService(one.ClientId)}")}
        </li>
        """;

    private string Keys() => $"""
        {List(emulator.Keys.Known.Reverse().Select(Key), string.Empty)}
        <p>{(emulator.KeysEndpointFails
            ? """<span class="bad">The keys endpoint answers 500.</span>"""
            : $"""<a href="{AccessPaths.Certs}">The keys endpoint</a> answers.""")}</p>
        <div class="buttons">
        {Button(DashboardAction.Rotate, "Rotate the key")}
        {(emulator.KeysEndpointFails
            ? Button(DashboardAction.Heal, "Let the keys endpoint answer again")
            : Button(DashboardAction.Fail, "Make the keys endpoint fail"))}
        </div>
        """;

    private string Key((EmulatorKey Key, bool IsPublished) one)
    {
        var state = one.IsPublished ? """<span class="good">published</span>""" : """<span class="bad">withdrawn</span>""";
        var signs = one.Key.KeyId == emulator.CurrentKeyId ? "signs, " : "signed before, ";
        return $"""
            <li><code>{Text(one.Key.KeyId)}</code>
            <p>Made {Ages.Ago(_now, one.Key.CreatedAt)}, {signs}{state}</p>
            {(one.IsPublished ? $"""<div class="buttons">{Button(DashboardAction.Withdraw, "Withdraw", one.Key.KeyId, one.Key.KeyId[..8])}</div>""" : string.Empty)}
            </li>
            """;
    }

    private string Requests() => emulator.Journal.Last is { Count: > 0 } entries
        ? $"""<ul class="requests">{string.Join('\n', entries.Select(Request))}</ul>"""
        : "<p>None since the start.</p>";

    private static string Request(EdgeEntry entry) => $"""
        <li><time datetime="{entry.Time:O}">{Ages.Clock(entry.Time)}</time>
        <strong class="{(entry.Status < 400 ? "good" : "bad")}">{entry.Status}</strong>
        <span>{Text(entry.Method)} {Text(entry.Path)}</span>
        <p>{Text(entry.Why)}{(entry is { IsOfApp: true, Status: 401 or 403 } ? " The app itself rejected it; its log says why." : string.Empty)}</p></li>
        """;

    private static string List(IEnumerable<string> items, string otherwise)
    {
        var all = string.Join('\n', items);
        return all.Length > 0 ? $"<ul>\n{all}\n</ul>" : $"<p>{otherwise}</p>";
    }

    /// <param name="action">What it does.</param>
    /// <param name="label">What stands on it.</param>
    /// <param name="value">To what it does that.</param>
    /// <param name="name">How people name that, for those who only hear the button.</param>
    private string Button(DashboardAction action, string label, string? value = null, string? name = null) => $"""
        <form method="post" action="{AccessPaths.Dashboard}/{action.ToString().ToLowerInvariant()}">
        {Hidden(antiforgery.Name, antiforgery.Value)}
        {(value is null ? string.Empty : Hidden(DashboardPage.ValueField, value))}
        <button{(name is null ? string.Empty : $" aria-label=\"{Text($"{label}: {name}")}\"")}>{Text(label)}</button>
        </form>
        """;

    private static string Curl(string id, string command) => $"""
        <details><summary>curl</summary>
        <pre id="{Text(id)}" tabindex="0">{Text(command)}</pre>
        <button type="button" class="copy" data-copy="{Text(id)}">Copy</button>
        </details>
        """;
}
