using CfAccess.AspNetCore;
using CfAccess.Cli.Teams;
using CfAccess.Cli.Tokens;

namespace CfAccess.Cli.Verify;

/// <summary>Has the library judge a token, and tells its steps.</summary>
internal static class Verifier
{
    public static async Task<Judgement> JudgeAsync(LibrarySession session, TokenInput input, CancellationToken cancellationToken)
    {
        var options = session.Options;
        AccessTokenResult? result = null;
        if (input.Token is not null)
        {
            result = await session.Validator.ValidateAsync(input.Token, cancellationToken: cancellationToken);
        }

        // Two different tokens in one request: the scheme refuses that before the validator sees either.
        var reason = result is null ? AccessFailureReason.MultipleTokens : result.Reason;
        var subject = new CheckSubject(input, options, session.Teams, reason, options.TimeProvider!.GetUtcNow());
        return new(reason, result, subject, CheckWalk.Of(subject));
    }
}

/// <summary>The library's verdict, and its steps.</summary>
internal sealed record Judgement(
    AccessFailureReason? Reason, AccessTokenResult? Result, CheckSubject Subject, IReadOnlyList<CheckReport> Checks);
