using CfAccess.Emulator.Callers;
using CfAccess.Emulator.Keys;
using CfAccess.Emulator.Sessions;
using CfAccess.Emulator.Setup;
using CfAccess.Emulator.Tokens;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator;

/// <summary>
/// An emulated Cloudflare Access team: its signing keys, its people and service tokens, and who is logged in. It needs no web host.
/// Nothing of it is ever written to disk. Safe for use by several threads.
/// </summary>
public sealed class AccessEmulator : IDisposable
{
    private readonly TokenMint _mint;

    /// <summary>Makes a team with two fresh signing keys.</summary>
    /// <param name="options">The people, the service tokens, the issuer; later changes of it have no effect.</param>
    /// <param name="timeProvider">The clock of tokens and sessions. Default: the system's.</param>
    /// <exception cref="OptionsValidationException">The options are wrong; the message tells of everything that is.</exception>
    public AccessEmulator(AccessEmulatorOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ValidateAccessEmulatorOptions.ThrowIfWrong(options);

        var clock = timeProvider ?? TimeProvider.System;
        var origin = new Uri(options.Issuer);
        Issuer = origin.GetLeftPart(UriPartial.Authority);
        Callers = new CallerDirectory(options);
        Keys = new KeyRing(origin.Host, clock);
        _mint = new TokenMint(Issuer, options.SessionDuration, Tags, Keys, clock);
        Sessions = new SessionStore(_mint, Tags, clock);
    }

    /// <summary>The issuer of the tokens, and the origin of the keys.</summary>
    public string Issuer { get; }

    /// <summary>The AUD tags that tokens are made for: those of the application under development.</summary>
    public IReadOnlyList<string> Audiences => Tags.All;

    /// <summary>The people who can log in.</summary>
    public IReadOnlyList<AccessEmulatorPerson> People => Callers.People;

    /// <summary>The service tokens that are accepted, each with its secret.</summary>
    public IReadOnlyList<AccessEmulatorServiceToken> ServiceTokens => Callers.ServiceTokens;

    /// <summary>The key id of the key that signs.</summary>
    public string CurrentKeyId => Keys.Current.KeyId;

    /// <summary>The key ids that the keys endpoint publishes, the oldest first.</summary>
    public IReadOnlyList<string> PublishedKeyIds => [.. Keys.Published.Select(key => key.KeyId)];

    /// <summary>Whether the keys endpoint answers 500. Default: <see langword="false"/>.</summary>
    public bool KeysEndpointFails { get; set; }

    internal AudienceTags Tags { get; } = new();

    internal CallerDirectory Callers { get; }

    internal KeyRing Keys { get; }

    internal SessionStore Sessions { get; }

    /// <summary>
    /// Makes a new key, which signs from now on; the key before it stays published, an older one does not, and logins made with that one
    /// end.
    /// </summary>
    /// <returns>The key id of the new key.</returns>
    public string RotateKey()
    {
        Keys.Rotate();
        Sessions.EndUnless(session => Keys.IsKnown(session.Minted.KeyId));
        return Keys.Current.KeyId;
    }

    /// <summary>Stops publishing a key. Logins made with it stay, and if it is the current key it goes on signing.</summary>
    /// <exception cref="ArgumentException">No such key is published.</exception>
    public void WithdrawKey(string keyId)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        if (!Keys.Withdraw(keyId))
        {
            throw new ArgumentException("The emulator publishes no key of this id.", nameof(keyId));
        }
    }

    /// <summary>Logs a person in.</summary>
    /// <exception cref="ArgumentException">The emulator knows no such person.</exception>
    public AccessEmulatorSession LogIn(string email) => Sessions.Start(PersonOf(email));

    /// <summary>Ends a session; the edge takes its token no more. The application cannot see that, as with the real one.</summary>
    /// <returns>Whether there was such a session.</returns>
    public bool Revoke(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Sessions.End(token);
    }

    /// <summary>Makes a good token of a person, without a session at the edge.</summary>
    /// <exception cref="ArgumentException">The emulator knows no such person.</exception>
    public string MintPersonToken(string email) => _mint.ForPerson(PersonOf(email)).Value;

    /// <summary>Makes a good token of a service, without a session at the edge.</summary>
    /// <exception cref="ArgumentException">The emulator knows no such service token.</exception>
    public string MintServiceToken(string clientId)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        var serviceToken = Callers.FindServiceToken(clientId)
            ?? throw new ArgumentException("The emulator knows no service token of this Client ID.", nameof(clientId));
        return _mint.ForService(serviceToken).Value;
    }

    /// <inheritdoc/>
    public void Dispose() => Keys.Dispose();

    private AccessEmulatorPerson PersonOf(string email)
    {
        ArgumentException.ThrowIfNullOrEmpty(email);
        return Callers.FindPerson(email)
            ?? throw new ArgumentException("The emulator knows no person of this e-mail address.", nameof(email));
    }
}
