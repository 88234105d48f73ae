using System.Runtime.CompilerServices;
using CfAccess.AspNetCore.Authorization;

namespace CfAccess.AspNetCore.Claims;

/// <summary>
/// What is remembered of a request's caller once its identity was asked for. It stands beside the caller, so that one whose identity is not
/// asked for has no room for it.
/// </summary>
internal sealed class IdentityNotes(bool keepsTickets)
{
    private readonly ConditionalWeakTable<AccessClaimsIdentity, Note> _notes = [];

    /// <summary>What was told counts until then, and so does what the application makes of it.</summary>
    public void Asked(AccessClaimsIdentity caller, DateTimeOffset until)
    {
        if (keepsTickets)
        {
            var note = NoteOf(caller);
            note.Until = note.Until < until ? note.Until : until;
        }
    }

    public void Missed(AccessClaimsIdentity caller, MissingIdentity missing) => NoteOf(caller).Missing = missing;

    /// <summary>A copy is told from what the original was told, but a decision about one is none about the other.</summary>
    public void Copy(AccessClaimsIdentity from, AccessClaimsIdentity to)
    {
        if (UntilOf(from) is { } until)
        {
            NoteOf(to).Until = until;
        }
    }

    public DateTimeOffset? UntilOf(AccessClaimsIdentity caller) => _notes.TryGetValue(caller, out var note) ? note.Until : null;

    public MissingIdentity? MissingOf(AccessClaimsIdentity caller) => _notes.TryGetValue(caller, out var note) ? note.Missing : null;

    private Note NoteOf(AccessClaimsIdentity caller) => _notes.GetOrCreateValue(caller);

    private sealed class Note
    {
        public DateTimeOffset? Until { get; set; }

        public MissingIdentity? Missing { get; set; }
    }
}
