using System.Globalization;
using CfAccess.AspNetCore;
using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Tokens;

namespace System.Security.Claims;

/// <summary>
/// Reads a principal that Cloudflare Access authenticated. Identities of other schemes are passed over, whatever claims they have. Where
/// two schemes found different callers in one request, it is nobody.
/// </summary>
public static class AccessClaimsPrincipalExtensions
{
    /// <summary>Tells whether the caller is a person whom Access logged in.</summary>
    /// <param name="principal">The principal.</param>
    /// <returns><see langword="true"/> for a person.</returns>
    public static bool IsAccessUser(this ClaimsPrincipal principal) => Identity(principal)?.Kind == AccessCallerKind.User;

    /// <summary>
    /// Tells whether the caller is a service token. This is its kind and no permission: allow services by their Client IDs.
    /// </summary>
    /// <param name="principal">The principal.</param>
    /// <returns><see langword="true"/> for a service token.</returns>
    public static bool IsAccessServiceToken(this ClaimsPrincipal principal) => Identity(principal)?.Kind == AccessCallerKind.ServiceToken;

    /// <summary>Gets a person's e-mail address.</summary>
    /// <param name="principal">The principal.</param>
    /// <returns>The address, or <see langword="null"/> where the caller is no person.</returns>
    public static string? GetAccessEmail(this ClaimsPrincipal principal) =>
        principal.IsAccessUser() ? Value(principal, AccessClaimTypes.Email) : null;

    /// <summary>Gets a service token's Client ID.</summary>
    /// <param name="principal">The principal.</param>
    /// <returns>The Client ID, or <see langword="null"/> where the caller is no service token.</returns>
    public static string? GetAccessServiceToken(this ClaimsPrincipal principal) =>
        principal.IsAccessServiceToken() ? Value(principal, AccessClaimTypes.CommonName) : null;

    /// <summary>
    /// Gets a person's id. It is unique in the team only: a person is the issuer and the subject together.
    /// </summary>
    /// <param name="principal">The principal.</param>
    /// <returns>The subject, or <see langword="null"/> for a service token.</returns>
    public static string? GetAccessSubject(this ClaimsPrincipal principal) => Value(principal, AccessClaimTypes.Subject);

    /// <summary>Gets the team that vouches for the caller, such as <c>https://acme.cloudflareaccess.com</c>.</summary>
    /// <param name="principal">The principal.</param>
    /// <returns>The issuer, or <see langword="null"/> where Access did not authenticate the caller.</returns>
    public static string? GetAccessIssuer(this ClaimsPrincipal principal) => Identity(principal)?.Issuer;

    /// <summary>Gets the AUD tags of the applications that the token is for.</summary>
    /// <param name="principal">The principal.</param>
    /// <returns>The tags; empty where Access did not authenticate the caller.</returns>
    public static IReadOnlyList<string> GetAccessAudiences(this ClaimsPrincipal principal) => Values(principal, AccessClaimTypes.Audience);

    /// <summary>Gets the names of the groups that the person is in, as the options tell where to find them.</summary>
    /// <param name="principal">The principal.</param>
    /// <returns>The names; empty where there are none.</returns>
    public static IReadOnlyList<string> GetAccessGroups(this ClaimsPrincipal principal) =>
        Identity(principal) is { } identity ? Values(principal, identity.RoleClaimType) : [];

    /// <summary>Gets the time at which the token ends.</summary>
    /// <param name="principal">The principal.</param>
    /// <returns>The time, or <see langword="null"/> where Access did not authenticate the caller.</returns>
    public static DateTimeOffset? GetAccessExpiration(this ClaimsPrincipal principal) =>
        long.TryParse(Value(principal, AccessClaimTypes.Expiration), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    private static AccessClaimsIdentity? Identity(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return AccessClaimsIdentity.Of(principal) is [var identity, ..] ? identity : null;
    }

    private static string? Value(ClaimsPrincipal principal, string type) => Identity(principal)?.FindFirst(type)?.Value;

    private static string[] Values(ClaimsPrincipal principal, string type) =>
        Identity(principal)?.FindAll(type).Select(claim => claim.Value).ToArray() ?? [];
}
