using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Teams;
using CfAccess.Cli.Tokens;

namespace CfAccess.Cli.Verify;

/// <summary>What to do about a refusal: one or two sentences for somebody in trouble.</summary>
internal static class Advice
{
    private const string Dashboard = "Zero Trust dashboard: Access, Applications, the application, Application Audience (AUD) Tag";

    /// <param name="judgement">The refusal.</param>
    /// <param name="aboutKeys">Why the keys are not to be had, where they are not.</param>
    /// <param name="file">The file that the keys were read from, if not from the network.</param>
    public static string For(Judgement judgement, string aboutKeys, string? file) => judgement.Reason switch
    {
        AccessFailureReason.MultipleTokens =>
            "Send one token. A proxy that adds a second assertion header, or cookies of two paths (Access's cookie path attribute), make two of one.",
        AccessFailureReason.TooLong =>
            "Access's tokens are shorter; see that it is one. If custom claims make it long, have fewer of them, or raise MaxTokenLength (--max-length here).",
        AccessFailureReason.Malformed => Malformed(judgement),
        AccessFailureReason.UnsupportedAlgorithm =>
            "Access signs with RS256 and nothing else: this token is not from Access, or somebody changed it. Take a fresh one from a login.",
        AccessFailureReason.UnsupportedHeader =>
            "Access never writes such a header: this token is not from Access, or somebody changed it. Take a fresh one from a login.",
        AccessFailureReason.UnknownIssuer => UnknownIssuer(judgement.Subject),
        AccessFailureReason.WrongType =>
            $"This is {TokenKind.Describe(TokenKind.Of(judgement.Subject.Loose))}. "
            + $"Take the token from {CloudflareAccessDefaults.AssertionHeader} of a request that came through Access, "
            + $"or from the cookie {CloudflareAccessDefaults.AuthorizationCookie} of the application's own host.",
        AccessFailureReason.WrongAudience when DiffersInCaseOnly(judgement.Subject) =>
            "The AUD tag of the token and a configured one differ only in upper and lower case. They are compared character by character: "
            + "write the tag into Audiences as the token has it.",
        AccessFailureReason.WrongAudience =>
            $"The token is for another application. Compare its AUD tag with the configured one ({Dashboard}), and put the right one into Audiences.",
        AccessFailureReason.Expired => "Log in again and take the new token. If it is fresh, the clock of this machine is wrong: see cfaccess doctor.",
        AccessFailureReason.NotYetValid or AccessFailureReason.IssuedInFuture =>
            "The token is younger than this machine's time: its clock is behind. Set it by NTP, and see cfaccess doctor.",
        AccessFailureReason.InvalidClaims => "A claim that Access always writes is missing or has another type: this token is not from Access, or somebody changed it.",
        AccessFailureReason.UnknownKey when file is not null =>
            $"{file} holds no such key. If the team has turned its keys since it was saved, save them again; "
            + "else the token is older than the last rotation, or of another account.",
        AccessFailureReason.UnknownKey =>
            $"The team publishes no such key (cfaccess keys --team {judgement.Subject.Team?.Issuer}). "
            + "The token is older than the last rotation, or of another account: log in again.",
        AccessFailureReason.KeysNotCurrent or AccessFailureReason.KeysUnavailable => aboutKeys,
        AccessFailureReason.BadSignature => "The token was changed after it was signed, or cut off: copy it again, whole. If it is, somebody forged it.",
        _ => "See the documentation of this reason.",
    };

    private static string Malformed(Judgement judgement) => judgement.Checks.FirstOrDefault(check => check.Reason is not null)?.Check switch
    {
        "segments" => "Copy the token again, whole: it is three parts with a dot between each two, and it begins with eyJ.",
        "spelling" => "Copy the token again, as it is: no blanks, quotes, = or %xx belong to it, and nothing may be cut off.",
        "key id" => "Access always names its key: this token is not from Access.",
        _ => "Copy the token again, whole. If it is, it is not from Access.",
    };

    private static bool DiffersInCaseOnly(CheckSubject subject) => subject is { Claims: { } claims, Team: { } team }
        && claims.Audiences.Intersect(team.Audiences, StringComparer.OrdinalIgnoreCase).Any();

    private static string UnknownIssuer(CheckSubject subject) => subject.Claims?.Issuer.GetString() switch
    {
        null when TokenKind.Of(subject.Loose) is TokenKind.Meta or TokenKind.Match =>
            $"This is {TokenKind.Describe(TokenKind.Of(subject.Loose))}. Take the token of a login: the header {CloudflareAccessDefaults.AssertionHeader}.",
        null => "The token names no issuer: it is not an application token of Access.",
        var issuer when issuer.Contains("/cdn-cgi/access/sso/oidc/", StringComparison.Ordinal) =>
            "This is a token of Access for SaaS, which has an issuer and keys of its own. This scheme validates the tokens of self-hosted applications: take the token from "
            + $"{CloudflareAccessDefaults.AssertionHeader} of a request that came through Access. An OpenID Connect client validates tokens of Access for SaaS.",
        var issuer when issuer.Length == 0 || !TeamDomain.TryGetIssuer(issuer, allowCustom: true, isDevelopment: true, out var origin) || origin != issuer =>
            $"The issuer of a team is an origin without a path. This is not a token of Access: take the token from {CloudflareAccessDefaults.AssertionHeader}.",
        var issuer => $"The token is of the team {issuer}. If that is yours, it is the TeamDomain to configure (--team here); the comparison is character for character.",
    };
}
