using CfAccess.AspNetCore.Keys;
using CfAccess.Cli.Teams;

namespace CfAccess.Cli.Keys;

/// <summary>Fetches a team's keys by the library's own client, and tells of failures in a sentence.</summary>
internal sealed class KeysAsked(LibrarySession session, TeamChoice team, TimeProvider clock)
{
    public async Task<(KeysReport? Report, KeySet? Keys, string? Trouble)> FetchAsync(CancellationToken cancellationToken)
    {
        var result = await session.FetchKeysAsync(team, clock, cancellationToken);
        return result.Succeeded
            ? (PublishedKeys.Read(result.Document, team, clock.GetUtcNow()), result.Keys, null)
            : (null, null, KeyTrouble.Sentence(team, result.Detail, session.Witness));
    }
}
