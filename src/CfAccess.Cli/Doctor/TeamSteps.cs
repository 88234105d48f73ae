using System.Globalization;
using CfAccess.Cli.Output;
using CfAccess.Cli.Teams;

namespace CfAccess.Cli.Doctor;

/// <summary>The team: whether it exists, its keys, its clock.</summary>
internal static class TeamSteps
{
    /// <summary>What the library tolerates unless it is told otherwise.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<DoctorStep>> RunAsync(
        LibrarySession session, TeamChoice team, TimeProvider clock, CancellationToken cancellationToken)
    {
        var result = await session.FetchKeysAsync(team, clock, cancellationToken);
        var witness = session.Witness;
        var trouble = result.Succeeded ? string.Empty : KeyTrouble.Sentence(team, result.Detail, witness);
        if (KeyTrouble.IsMissingTeam(witness))
        {
            return
            [
                DoctorStep.Failed("team", $"none at {team.Issuer}", trouble),
                DoctorStep.NotReached("keys", "not asked for"),
                OfClock(witness),
            ];
        }

        if (witness.Status is null)
        {
            return
            [
                DoctorStep.OfSilence("team", $"{team.Issuer} cannot be reached", trouble),
                DoctorStep.NotReached("keys", "not asked for"),
                OfClock(witness),
            ];
        }

        if (!result.Succeeded)
        {
            return [DoctorStep.NotReached("team", "its keys would tell"), DoctorStep.OfSilence("keys", result.Detail, trouble), OfClock(witness)];
        }

        var skipped = result.Keys.Skipped;
        var count = string.Create(CultureInfo.InvariantCulture, $"{result.Keys.Count} usable");
        return
        [
            DoctorStep.Passed("team", team.Issuer),
            skipped.Count == 0
                ? DoctorStep.Passed("keys", $"{count}, from {team.KeysUrl}")
                : DoctorStep.Passed("keys", $"{count}, {skipped.Count} not used ({skipped[0].Reason}), from {team.KeysUrl}"),
            OfClock(witness),
        ];
    }

    private static DoctorStep OfClock(KeysWitness witness)
    {
        if (witness.Ahead is not { } ahead)
        {
            return DoctorStep.NotReached("clock", "nobody told the time");
        }

        var seen = ahead.Duration() < TimeSpan.FromSeconds(2)
            ? "right to the second"
            : $"{Times.Span(ahead.Duration())} {(ahead > TimeSpan.Zero ? "ahead" : "behind")}";
        return ahead.Duration() < Tolerance
            ? DoctorStep.Passed("clock", seen)
            : DoctorStep.Failed(
                "clock",
                seen,
                "Set this machine's clock by NTP. Beyond the tolerance (ClockSkew, 60 s by default) good tokens are refused: "
                + (ahead > TimeSpan.Zero ? "expired too early." : "not_yet_valid or issued_in_future."));
    }
}
