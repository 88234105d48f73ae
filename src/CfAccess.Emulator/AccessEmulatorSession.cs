using System.Text.Json.Serialization;
using CfAccess.Emulator.Tokens;

namespace CfAccess.Emulator;

/// <summary>A login at the emulator, of a person or of a service, and the token that it made.</summary>
public sealed class AccessEmulatorSession
{
    internal AccessEmulatorSession(
        MintedToken minted,
        AccessEmulatorPerson? person,
        AccessEmulatorServiceToken? serviceToken,
        IReadOnlySet<AccessEmulatorPolicy>? passed = null)
    {
        Passed = passed;
        Minted = minted;
        Person = person;
        ServiceToken = serviceToken;
        ExpiresAt = minted.ExpiresAt;
    }

    /// <summary>
    /// The application token: the value of the cookie <c>CF_Authorization</c>. With several applications it is the first one's; the edge
    /// gives each application a token of its own.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public string Token => Minted.Value;

    /// <summary>The person's e-mail address; none for a service.</summary>
    public string? Email => Person?.Email;

    /// <summary>The service token's Client ID; none for a person.</summary>
    public string? ClientId => ServiceToken?.ClientId;

    /// <summary>When the session began.</summary>
    public DateTimeOffset IssuedAt => Minted.IssuedAt;

    /// <summary>When the session and its tokens end.</summary>
    public DateTimeOffset ExpiresAt { get; internal set; }

    /// <summary>Names it on the dashboard; worth nothing to whoever reads it.</summary>
    internal string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The position in the order of logins since the start, from 1, by which people distinguish two logins.</summary>
    internal int Number { get; set; }

    /// <summary>The person or the service, as people read it.</summary>
    internal string Who => Email ?? ClientId ?? string.Empty;

    internal MintedToken Minted { get; }

    internal AccessEmulatorPerson? Person { get; }

    internal AccessEmulatorServiceToken? ServiceToken { get; }

    /// <summary>The policies whose External Evaluation said yes at login; none where code logged in, which asks nobody and passes all.</summary>
    internal IReadOnlySet<AccessEmulatorPolicy>? Passed { get; }
}
