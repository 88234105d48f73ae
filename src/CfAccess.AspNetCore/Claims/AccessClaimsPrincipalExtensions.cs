using System.Globalization;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
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
    /// <returns>The address, or <see langword="null"/> if the caller is not a person, or is one of an end-user application and has none.</returns>
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

    /// <summary>
    /// Gets one text that stands for the caller and for nobody else, of whatever team: <c>{issuer}/users/{subject}</c> for a person,
    /// <c>{issuer}/services/{Client ID}</c> for a service token. For SignalR's <c>Clients.User</c>, or as a key of your own.
    /// </summary>
    /// <param name="principal">The principal.</param>
    /// <returns>The id, or <see langword="null"/> where Access did not authenticate the caller or its token does not tell who it is.</returns>
    public static string? GetAccessUserId(this ClaimsPrincipal principal) => Identity(principal) switch
    {
        { Kind: AccessCallerKind.User } person when person.FindFirst(AccessClaimTypes.Subject) is { } subject =>
            $"{person.Issuer}/users/{subject.Value}",
        { Kind: AccessCallerKind.ServiceToken } service when service.FindFirst(AccessClaimTypes.CommonName) is { } clientId =>
            $"{service.Issuer}/services/{clientId.Value}",
        _ => null,
    };

    /// <summary>Gets the AUD tags of the applications that the token is for.</summary>
    /// <param name="principal">The principal.</param>
    /// <returns>The tags; empty where Access did not authenticate the caller.</returns>
    public static IReadOnlyList<string> GetAccessAudiences(this ClaimsPrincipal principal) => Values(principal, AccessClaimTypes.Audience);

    /// <summary>Gets the names of the groups that the person is in, as the options tell where to find them.</summary>
    /// <param name="principal">The principal.</param>
    /// <returns>The names; empty where there are none.</returns>
    public static IReadOnlyList<string> GetAccessGroups(this ClaimsPrincipal principal) =>
        Identity(principal) is { } identity ? Values(principal, identity.GroupClaimType) : [];

    /// <summary>Gets the time at which the token ends.</summary>
    /// <param name="principal">The principal.</param>
    /// <returns>The time, or <see langword="null"/> where Access did not authenticate the caller.</returns>
    public static DateTimeOffset? GetAccessExpiration(this ClaimsPrincipal principal) =>
        long.TryParse(Value(principal, AccessClaimTypes.Expiration), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : null;

    /// <summary>
    /// Reads one member of the token's <c>custom</c> object: a SAML attribute or OIDC claim that the administrator chose. Cloudflare may
    /// leave members out where there are too many.
    /// </summary>
    /// <typeparam name="T">What it is read as. For a value that may be missing, a type with a null: <c>bool?</c>, not <c>bool</c>.</typeparam>
    /// <param name="principal">The principal.</param>
    /// <param name="name">The name of the member; case matters.</param>
    /// <param name="typeInfo">How it is read, from a <see cref="JsonSerializerContext"/> of the application.</param>
    /// <returns>
    /// The value; the default of <typeparamref name="T"/> where Access did not authenticate the caller, or the member is missing or has
    /// another shape.
    /// </returns>
    public static T? GetAccessCustomClaim<T>(this ClaimsPrincipal principal, string name, JsonTypeInfo<T> typeInfo)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(typeInfo);
        return Value(principal, AccessClaimTypes.Custom) is { } custom ? CustomClaims.Read(custom, name, typeInfo) : default;
    }

    /// <summary>
    /// Asks Cloudflare who the caller is (get-identity), or remembers what it told within
    /// <see cref="CloudflareAccessIdentityOptions.CacheDuration"/>.
    /// </summary>
    /// <param name="principal">The principal.</param>
    /// <param name="cancellationToken">Ends the waiting; the call goes on for others.</param>
    /// <returns>
    /// The identity. <see langword="null"/> if Access did not authenticate a person with an email address, or if the identity is unavailable and
    /// <see cref="CloudflareAccessIdentityOptions.Required"/> is off.
    /// </returns>
    /// <exception cref="CloudflareAccessIdentityUnavailableException">The identity is required and not to be had.</exception>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    public static async Task<AccessIdentity?> GetAccessIdentityAsync(
        this ClaimsPrincipal principal, CancellationToken cancellationToken = default)
    {
        if (Identity(principal) is not { Person: { } person } caller)
        {
            return null;
        }

        var lookup = await caller.FindIdentityAsync(person, cancellationToken).ConfigureAwait(false);
        return lookup.Identity is null && person.Source.IsRequired
            ? throw new CloudflareAccessIdentityUnavailableException(lookup.RetryAfter(person.Source.Now))
            : lookup.Identity;
    }

    private static AccessClaimsIdentity? Identity(ClaimsPrincipal principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return AccessClaimsIdentity.Of(principal) is [var identity, ..] ? identity : null;
    }

    private static string? Value(ClaimsPrincipal principal, string type) => Identity(principal)?.FindFirst(type)?.Value;

    private static string[] Values(ClaimsPrincipal principal, string type) =>
        Identity(principal)?.FindAll(type).Select(claim => claim.Value).ToArray() ?? [];
}
