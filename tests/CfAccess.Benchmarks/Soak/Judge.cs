using System.Net;

namespace CfAccess.Benchmarks.Soak;

/// <summary>
/// Judges an answer by the ledger. What it holds against the scheme:
/// <list type="bullet">
/// <item>A 200 is false for any token that is not genuine, that had expired when it was sent, or whose key the scheme cannot have held:
/// <see cref="SoakTimings.Settling"/> before, an answer without the key had been read to its end in good time, or since the start of the
/// last fetch that may have brought the key the maximum staleness had passed.</item>
/// <item>A 401 for a good token is false when an answer with its key had been read in good time, whatever the endpoint did later. Else it
/// is false unless a fetch that was under way when it was sent, or started in the cool-down before it or while it waited, did not bring the
/// key: by keys.md the request shares the fate of that one fetch, and the next comes only after the cool-down. Where the key had been
/// published for longer than cool-down and fetch time-out together, such a fetch can only have failed: those are counted apart from the
/// early ones.</item>
/// <item>A 503 is false while a set was held that had been read in good time and was younger than the maximum staleness.</item>
/// </list>
/// </summary>
internal sealed class Judge(FetchLedger ledger)
{
    public Verdict Of(SoakToken token, HttpStatusCode status, DateTimeOffset sent, DateTimeOffset answered) => status switch
    {
        HttpStatusCode.OK => MayPass(token, sent, answered) ? Verdict.Accepted : Verdict.FalseAccept,
        HttpStatusCode.Unauthorized => OfRefusal(token, sent, answered),
        HttpStatusCode.ServiceUnavailable => HeldTrustedSet(sent, answered) ? Verdict.FalseUnavailable : Verdict.Unavailable,
        >= HttpStatusCode.InternalServerError => Verdict.ServerError,
        _ => Verdict.Unexpected,
    };

    private Verdict OfRefusal(SoakToken token, DateTimeOffset sent, DateTimeOffset answered)
    {
        if (token.Key is not { } key || answered >= token.ExpiresAt || ledger.WithdrawnAt(key) <= answered)
        {
            return Verdict.Refused;
        }

        if (HadBeenBrought(key, sent))
        {
            return Verdict.FalseRefusal;
        }

        return !FetchWentWithoutIt(key, sent, answered) ? Verdict.FalseRefusal
            : sent - ledger.PublishedAt(key) > SoakTimings.Owed ? Verdict.RefusedForFailedFetch
            : Verdict.RefusedEarly;
    }

    private bool MayPass(SoakToken token, DateTimeOffset sent, DateTimeOffset answered) =>
        token.Key is { } key && sent < token.ExpiresAt && MayHaveBeenHeld(key, sent, answered);

    private bool MayHaveBeenHeld(int key, DateTimeOffset sent, DateTimeOffset answered) => ledger.Ask(fetches => fetches
        .SkipWhile(fetch => fetch.StartedAt > answered)
        .TakeWhile(fetch => !fetch.IsTakenBy(sent - SoakTimings.Settling) || fetch.Brings(key))
        .Any(fetch => fetch.MayBring(key) && fetch.StartedAt + SoakTimings.MaximumStaleness > sent));

    /// <summary>Sets come in order, so a published key that one brought is in all later ones.</summary>
    private bool HadBeenBrought(int key, DateTimeOffset sent) => LastTaken(sent) is { } last && last.Version >= key;

    private bool HeldTrustedSet(DateTimeOffset sent, DateTimeOffset answered) =>
        LastTaken(sent) is { } last && last.StartedAt + SoakTimings.MaximumStaleness > answered + SoakTimings.Settling;

    private KeyFetchRecord? LastTaken(DateTimeOffset sent) => ledger.Ask(fetches => fetches
        .FirstOrDefault(fetch => fetch.IsTakenBy(sent - SoakTimings.Settling)));

    private bool FetchWentWithoutIt(int key, DateTimeOffset sent, DateTimeOffset answered) => ledger.Ask(fetches => fetches
        .SkipWhile(fetch => fetch.StartedAt > answered)
        .TakeWhile(fetch => fetch.StartedAt > sent - SoakTimings.Cooldown || fetch.EndedAt > sent - SoakTimings.HandOver)
        .Any(fetch => fetch.State is FetchState.Failed or FetchState.Uncertain
            || (fetch.State == FetchState.Taken && fetch.Version < key)));
}
