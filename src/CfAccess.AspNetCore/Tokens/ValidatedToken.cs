using CfAccess.AspNetCore.Claims;
using CfAccess.AspNetCore.Teams;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.Tokens;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>
/// What is left of a token that passed every check: who is calling, until when, and by which key of which team. No record: its text would
/// hold claims.
/// </summary>
internal sealed class ValidatedToken(PrincipalTemplate caller, TokenLifetime lifetime, AccessTeam team, SecurityKey key)
{
    private AuthenticationProperties? _times;
    private bool _wasAsked;
    private KeptTicket? _ticket;

    public PrincipalTemplate Caller { get; } = caller;

    public TokenLifetime Lifetime { get; } = lifetime;

    /// <summary>
    /// The ticket as the application's event left it, where the event is asked once for a token. It is given to no request; each gets a
    /// copy.
    /// </summary>
    public KeptTicket? Ticket
    {
        get => Volatile.Read(ref _ticket);
        set => Volatile.Write(ref _ticket, value);
    }

    /// <summary>
    /// Makes the properties of a ticket, with the times of the token. They are written once for the first request, and for all others once
    /// to be copied: copying is quicker, but what a token needs that never comes again is not kept.
    /// </summary>
    public AuthenticationProperties NewProperties()
    {
        if (_wasAsked)
        {
            return (_times ??= WriteTimes()).Clone();
        }

        _wasAsked = true;
        return WriteTimes();
    }

    /// <summary>Whether the very key that the signature was checked with is still published, in a set that is still trusted.</summary>
    public bool HasTrustedKey(DateTimeOffset now) => ReferenceEquals(team.Keys.Find(key.KeyId, now), key);

    private AuthenticationProperties WriteTimes() => new() { IssuedUtc = Lifetime.IssuedAt, ExpiresUtc = Lifetime.Expiration };
}
