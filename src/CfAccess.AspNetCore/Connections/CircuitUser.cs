using System.Security.Claims;
using CfAccess.AspNetCore.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Connections;

/// <summary>The caller whom Access authenticated, as the user of a circuit.</summary>
/// <param name="Id">Identifies the caller; null if Access did not authenticate one.</param>
/// <param name="Expiration">The token's end, and the scheme that validated the token; null if Access did not authenticate a caller.</param>
internal readonly record struct CircuitUser(string? Id, (DateTimeOffset End, string Scheme)? Expiration)
{
    public static CircuitUser From(ClaimsPrincipal principal) => AccessClaimsIdentity.Of(principal) is { Count: > 0 } identities
        ? new(
            principal.GetAccessUserId() ?? FindIdWithoutSubject(identities[0]),
            identities.Select(identity => (identity.Expiration, identity.Scheme)).MinBy(one => one.Expiration))
        : default;

    /// <summary>
    /// Makes the caller the user of the connection, and the token's end the end of the connection. The middleware did so already if the scheme is the
    /// default one. Users of other schemes stay.
    /// </summary>
    public static void SignIn(HttpContext context, AuthenticationTicket ticket)
    {
        var before = context.Features.Get<IAuthenticateResultFeature>();
        var properties = ticket.Properties.Clone();
        if (before?.AuthenticateResult?.Properties?.ExpiresUtc is { } earlier && !(earlier >= properties.ExpiresUtc))
        {
            properties.ExpiresUtc = earlier;
        }

        var user = AccessClaimsIdentity.Of(context.User).Count > 0
            ? context.User
            : new ClaimsPrincipal([.. context.User.Identities.Where(identity => identity.IsAuthenticated), .. ticket.Principal.Identities]);
        var result = AuthenticateResult.Success(new AuthenticationTicket(user, properties, ticket.AuthenticationScheme));

        // Setting the user clears the result.
        context.User = user;
        if (context.Features.Get<IAuthenticateResultFeature>() is { } feature)
        {
            feature.AuthenticateResult = result;
        }
        else
        {
            context.Features.Set<IAuthenticateResultFeature>(new ResultFeature { AuthenticateResult = result });
        }
    }

    /// <summary>Without <c>sub</c>, the team's own email address identifies a person. A caller without both is the same only with the same token.</summary>
    private static string FindIdWithoutSubject(AccessClaimsIdentity identity) =>
        identity.FindFirst(AccessClaimTypes.Email)?.Value is { Length: > 0 } email ? $"{identity.Issuer}/emails/{email}" : identity.GetToken();

    private sealed class ResultFeature : IAuthenticateResultFeature
    {
        public AuthenticateResult? AuthenticateResult { get; set; }
    }
}
