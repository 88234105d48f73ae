using System.Security.Claims;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.Claims;

/// <summary>A caller with all that the options load of it at authentication, and until when that counts.</summary>
internal readonly record struct LoadedCaller(ClaimsPrincipal Principal, DateTimeOffset? Until)
{
    /// <summary>Makes the principal of a token, with its groups where they are loaded at authentication.</summary>
    /// <returns>The caller, and why it is to be refused where a required identity is not to be had.</returns>
    /// <exception cref="OperationCanceledException">The caller went away.</exception>
    public static ValueTask<(LoadedCaller Caller, TokenFailure? Failure)> OfAsync(ValidatedToken token, LazyCancellation cancellation)
    {
        var principal = token.Caller.Create();
        return token.Caller.Person is { LoadsAtAuthentication: true } person
            ? LoadAsync(principal, person, cancellation.Token)
            : new((new LoadedCaller(principal, null), null));
    }

    private static async ValueTask<(LoadedCaller Caller, TokenFailure? Failure)> LoadAsync(
        ClaimsPrincipal principal, Identity.AccessPerson person, CancellationToken cancellationToken)
    {
        var lookup = await person.FindAsync(cancellationToken).ConfigureAwait(false);
        if (lookup.Identity is { } identity)
        {
            ((AccessClaimsIdentity)principal.Identity!).Add(identity.Groups);
        }

        TokenFailure? failure = lookup.Identity is null && person.Source.IsRequired
            ? new TokenFailure(AccessFailureReason.IdentityUnavailable, lookup.RetryAfter(person.Source.Now))
            : null;
        return (new LoadedCaller(principal, lookup.Until), failure);
    }
}
