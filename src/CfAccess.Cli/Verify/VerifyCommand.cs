using System.CommandLine;
using System.Security.Claims;
using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Cli.CommandLine;
using CfAccess.Cli.Output;
using CfAccess.Cli.Teams;
using CfAccess.Cli.Tokens;

namespace CfAccess.Cli.Verify;

/// <summary><c>cfaccess verify</c>: whether the library takes a token, and if not why.</summary>
internal static class VerifyCommand
{
    public static Command Make(Surroundings surroundings)
    {
        var options = new VerifyOptions();
        var command = new Command("verify", "Verify a token with the library's own code: every check, and what to do about the first that fails.");
        options.AddTo(command);
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed, options, surroundings, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, VerifyOptions options, Surroundings surroundings, CancellationToken cancellationToken)
    {
        var team = TeamChoice.Of(parsed.GetValue(options.Team), parsed.GetValue(options.AllowCustomTeam));
        var audiences = OptionValues.AudiencesOf(parsed.GetValue(options.Audiences));
        var skew = OptionValues.InRange(parsed.GetValue(options.ClockSkew), 0, 300, "--clock-skew");
        var maxLength = OptionValues.InRange(parsed.GetValue(options.MaxLength), 1024, 1_048_576, "--max-length");
        var clock = OptionValues.TimeOf(parsed.GetValue(options.At)) is { } at ? new ShiftedClock(surroundings.Clock, at) : surroundings.Clock;
        var file = parsed.GetValue(options.Keys);
        var keys = file is null ? null : KeysFile.Read(file);
        var input = await TokenInput.ReadAsync(
            parsed.GetValue(options.Token) ?? [], parsed.GetValue(options.Header) ?? [], surroundings, cancellationToken);

        using var session = LibrarySession.Start(
            settings =>
            {
                settings.TeamDomain = team.Issuer;
                settings.AllowCustomTeamDomain = team.IsCustom;
                settings.Audiences = audiences;
                settings.ClockSkew = TimeSpan.FromSeconds(skew);
                settings.MaxTokenLength = maxLength;
            },
            clock,
            keys is null ? null : () => new KeysFile(keys));
        var judgement = await Waiting.ForAsync(
            surroundings, $"Fetching {team.KeysUrl}", Verifier.JudgeAsync(session, input, cancellationToken));
        var report = ReportOf(judgement, input, team, session, file);
        new Page(surroundings, parsed.IsJson()).Report(report, CliJson.Default.VerifyReport, page => VerifyText.Write(page, report));
        return judgement.Reason switch
        {
            null => ExitCodes.Well,
            AccessFailureReason.KeysUnavailable or AccessFailureReason.KeysNotCurrent => ExitCodes.Unreachable,
            _ => ExitCodes.Refused,
        };
    }

    private static VerifyReport ReportOf(Judgement judgement, TokenInput input, TeamChoice team, LibrarySession session, string? file)
    {
        var ofKeys = session.Teams[0].Keys.Report().LastFailure;
        return new(
            Valid: judgement.Reason is null,
            Reason: judgement.Reason is { } reason ? FailureWords.Of(reason) : null,
            Advice: judgement.Reason is null ? null : Advice.For(judgement, KeyTrouble.Sentence(team, ofKeys, session.Witness, file, takesFile: true), file),
            Kind: TokenKind.Of(judgement.Subject.Loose),
            Caller: judgement.Result?.Principal is { } caller ? caller.GetAccessEmail() ?? caller.GetAccessServiceToken() : null,
            At: judgement.Subject.Now,
            Team: team.Issuer,
            Audiences: session.Teams[0].Audiences,
            Notes: input.Notes,
            Checks: judgement.Checks);
    }
}
