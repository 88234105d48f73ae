using System.Globalization;
using CfAccess.AspNetCore;
using CfAccess.Shared.Jwt;

namespace CfAccess.Cli.Verify;

/// <summary>What is looked at before any cryptography: one token, its length, its form, its header.</summary>
internal static class ScreenChecks
{
    /// <summary>As long as the screen lets a header be.</summary>
    private const int LongestHeader = 2048;

    /// <summary>Shown only; the library decides.</summary>
    private static readonly string[] DemandingMembers = ["crit", "b64", "jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256"];

    public static IReadOnlyList<Check> All { get; } =
    [
        new("token", [AccessFailureReason.MultipleTokens], subject => Finding.When(
            subject.IsOne, subject.IsOne ? "one" : "two different ones", "one", AccessFailureReason.MultipleTokens)),
        new("length", [AccessFailureReason.TooLong], Length),
        new("segments", [AccessFailureReason.Malformed], Segments),
        new("spelling", [AccessFailureReason.Malformed], Spelling),
        new("header", [AccessFailureReason.Malformed], subject => OfHeader(subject, static (_, _) => Finding.When(
            true, "one JSON object", "one JSON object", AccessFailureReason.Malformed)) ?? BadHeader(subject)),
        new("algorithm", [AccessFailureReason.UnsupportedAlgorithm], subject => OfHeader(subject, static (header, subject) => Finding.When(
            header.IsAlgorithm("RS256"u8), subject.Loose.HeaderText("alg") ?? "none given", "RS256", AccessFailureReason.UnsupportedAlgorithm))),
        new("extensions", [AccessFailureReason.UnsupportedHeader], subject => OfHeader(subject, static (header, subject) => Finding.When(
            (header.Demands & (HeaderDemands.Extension | HeaderDemands.OwnKey)) == HeaderDemands.None,
            Demanding(subject),
            "none",
            AccessFailureReason.UnsupportedHeader))),
        new("key id", [AccessFailureReason.Malformed], subject => OfHeader(subject, static (header, subject) => Finding.When(
            header.HasKeyId, subject.Loose.HeaderText("kid") ?? "none given", "a kid", AccessFailureReason.Malformed))),
    ];

    private delegate Finding HeaderLook(TokenHeader header, CheckSubject subject);

    private static Finding? Length(CheckSubject subject) => !subject.IsOne ? null : Finding.When(
        subject.Token.Length <= subject.Options.MaxTokenLength,
        subject.Token.Length == 1 ? "1 character" : Invariant($"{subject.Token.Length} characters"),
        Invariant($"at most {subject.Options.MaxTokenLength}"),
        AccessFailureReason.TooLong);

    private static Finding? Segments(CheckSubject subject) => !subject.IsOne ? null : Finding.When(
        subject.HasThreeSegments,
        subject.Loose.Segments.Count > 5 ? "more than 5" : Invariant($"{subject.Loose.Segments.Count}"),
        "3",
        AccessFailureReason.Malformed);

    private static Finding? Spelling(CheckSubject subject)
    {
        if (!subject.HasThreeSegments)
        {
            return null;
        }

        var bad = subject.Loose.Segments.TakeWhile(segment => Base64UrlSegment.IsCanonical(segment)).Count();
        return Finding.When(
            bad == 3,
            bad switch { 0 => "the header is not", 1 => "the payload is not", 2 => "the signature is not", _ => "base64url" },
            "base64url",
            AccessFailureReason.Malformed);
    }

    private static Finding? BadHeader(CheckSubject subject) => !subject.IsSpeltRight ? null : Finding.When(
        false,
        subject.Loose.Segments[0].Length > LongestHeader ? "longer than 2048 characters" : "not one JSON object, or a member is there twice",
        "one JSON object",
        AccessFailureReason.Malformed);

    private static string Demanding(CheckSubject subject) =>
        subject.Loose.Header is { } header && header.EnumerateObject().Select(member => member.Name).Intersect(DemandingMembers).ToList() is [_, ..] names
            ? string.Join(", ", names)
            : "none";

    /// <summary>Looks at the header as the library reads it; nothing where it does not.</summary>
    private static Finding? OfHeader(CheckSubject subject, HeaderLook look)
    {
        Span<byte> buffer = stackalloc byte[LongestHeader / 4 * 3];
        return subject.IsSpeltRight
            && subject.Loose.Segments[0].Length <= LongestHeader
            && TokenHeader.TryRead(subject.Loose.Segments[0], buffer, out var header)
                ? look(header, subject)
                : null;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
