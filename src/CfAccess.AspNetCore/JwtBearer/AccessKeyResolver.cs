using CfAccess.AspNetCore.Keys;
using CfAccess.AspNetCore.Teams;
using CfAccess.AspNetCore.Tokens;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.JwtBearer;

/// <summary>
/// Finds the one key that may verify a token, after every check that needs no key. So a token that would not pass causes no fetch, and no
/// setting of the caller can pass over a check.
/// </summary>
internal sealed class AccessKeyResolver(IReadOnlyList<AccessTeam> teams, int maximumTokenLength, ClaimRules rules)
{
    /// <returns>The key; none where it is being fetched, which <see cref="KeyWait"/> then waits for.</returns>
    /// <exception cref="CloudflareAccessFailureException">
    /// The token is refused. The handler of Microsoft.IdentityModel catches it and gives it to the caller as the reason.
    /// </exception>
    public IEnumerable<SecurityKey> Resolve(string token)
    {
        if (TokenScreen.Check(token, maximumTokenLength, out var kid) is { } screened)
        {
            throw Refused(screened);
        }

        if (PayloadReader.TryRead(token, out var claims) is { } unreadable)
        {
            throw Refused(unreadable);
        }

        if (AccessTeam.Of(claims, teams) is not { } team)
        {
            throw Refused(AccessFailureReason.UnknownIssuer);
        }

        if (rules.Check(claims, team) is { } unacceptable)
        {
            throw Refused(unacceptable);
        }

        return KeyOf(team, kid);
    }

    public AccessTeam? TeamOf(string issuer) => teams.FirstOrDefault(team => team.Issuer == issuer);

    private static SecurityKey[] KeyOf(AccessTeam team, string kid)
    {
        var wait = KeyWait.Current;
        if (wait?.Take(kid) is { } waitedFor)
        {
            return [Found(waitedFor)];
        }

        // The wait is bounded by the provider and need not be cancelled; the fetch is shared by all.
        var resolution = team.Keys.ResolveAsync(kid, CancellationToken.None);
        if (resolution.IsCompletedSuccessfully)
        {
            return [Found(resolution.Result)];
        }

        wait?.For(kid, resolution.AsTask());
        return [];
    }

    private static SecurityKey Found(KeyResolution resolution) => resolution.Key ?? throw TokenFailure.Of(resolution).ToException(inner: null);

    private static CloudflareAccessFailureException Refused(TokenFailure failure) => failure.ToException(inner: null);
}
