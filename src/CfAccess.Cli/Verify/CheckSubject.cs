using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;
using CfAccess.Cli.Tokens;
using CfAccess.Shared.Jwt;

namespace CfAccess.Cli.Verify;

/// <summary>A token on which the library has decided, with what it takes to tell each of its steps apart.</summary>
/// <param name="input">The token; none where a request would carry two.</param>
/// <param name="options">The options that it was judged by.</param>
/// <param name="teams">The teams that it was judged by.</param>
/// <param name="verdict">The library's reason; none where it accepted the token.</param>
/// <param name="now">When it was judged.</param>
internal sealed class CheckSubject(
    TokenInput input, CloudflareAccessOptions options, IReadOnlyList<AccessTeam> teams, AccessFailureReason? verdict, DateTimeOffset now)
{
    private (AccessFailureReason? Problem, TokenClaims Claims)? _payload;

    public bool IsOne => input.Token is not null;

    public string Token => input.Token ?? string.Empty;

    public CloudflareAccessOptions Options => options;

    public IReadOnlyList<AccessTeam> Teams => teams;

    public AccessFailureReason? Verdict => verdict;

    public DateTimeOffset Now => now;

    public LooseToken Loose { get; } = LooseToken.Of(input.Token ?? string.Empty);

    /// <summary>The library's own rules for claims, by the same settings.</summary>
    public ClaimRules Rules { get; } = new(options.ClockSkew, options.TimeProvider!);

    public bool HasThreeSegments => Loose.Segments.Count == 3;

    public bool IsSpeltRight => HasThreeSegments && Loose.Segments.All(segment => Base64UrlSegment.IsCanonical(segment));

    /// <summary>What the library reads of the payload; nothing where it does not get that far.</summary>
    public (AccessFailureReason? Problem, TokenClaims Claims)? Payload => IsSpeltRight ? _payload ??= ReadPayload() : null;

    /// <summary>The claims, where the library reads them.</summary>
    public TokenClaims? Claims => Payload is { Problem: null } payload ? payload.Claims : null;

    /// <summary>The configured team that the token names.</summary>
    public AccessTeam? Team => Claims is { } claims ? AccessTeam.Of(claims, teams) : null;

    private (AccessFailureReason? Problem, TokenClaims Claims) ReadPayload() => (PayloadReader.TryRead(Token, out var claims), claims);
}
