using CfAccess.Emulator.Tokens;

namespace CfAccess.Emulator;

/// <summary>A login at the emulator, of a person or of a service, and the token that it made.</summary>
public sealed class AccessEmulatorSession
{
    internal AccessEmulatorSession(MintedToken minted, AccessEmulatorPerson? person, AccessEmulatorServiceToken? serviceToken)
    {
        Minted = minted;
        Person = person;
        ServiceToken = serviceToken;
    }

    /// <summary>
    /// The application token: the value of the cookie <c>CF_Authorization</c>. With several applications it is the first one's; the edge
    /// gives each application a token of its own.
    /// </summary>
    public string Token => Minted.Value;

    /// <summary>The person's e-mail address; none for a service.</summary>
    public string? Email => Person?.Email;

    /// <summary>The service token's Client ID; none for a person.</summary>
    public string? ClientId => ServiceToken?.ClientId;

    /// <summary>When the session began.</summary>
    public DateTimeOffset IssuedAt => Minted.IssuedAt;

    /// <summary>When the session and its tokens end.</summary>
    public DateTimeOffset ExpiresAt => Minted.ExpiresAt;

    internal MintedToken Minted { get; }

    internal AccessEmulatorPerson? Person { get; }

    internal AccessEmulatorServiceToken? ServiceToken { get; }
}
