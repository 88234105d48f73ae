using CfAccess.AspNetCore;

namespace CfAccess.Cli.Verify;

/// <summary>One step of the library's way with a token.</summary>
/// <param name="Id">Its name, the same in text and JSON.</param>
/// <param name="StandsFor">The reasons that this step refuses for.</param>
/// <param name="Look">Looks at the token; nothing where an earlier step leaves nothing to look at.</param>
internal sealed record Check(string Id, IReadOnlyList<AccessFailureReason> StandsFor, Func<CheckSubject, Finding?> Look);

/// <summary>What a step found.</summary>
/// <param name="Seen">The value in the token.</param>
/// <param name="Expected">The value that is wanted.</param>
/// <param name="Reason">Why the library refuses it; none where it does not.</param>
internal readonly record struct Finding(string? Seen, string? Expected, AccessFailureReason? Reason)
{
    public static Finding When(bool isWell, string? seen, string? expected, AccessFailureReason otherwise) =>
        new(seen, expected, isWell ? null : otherwise);
}
