using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CfAccess.Emulator.Applications;
using CfAccess.Emulator.Callers;
using CfAccess.Emulator.Edge;
using CfAccess.Emulator.Endpoints;
using CfAccess.Emulator.Identity;
using CfAccess.Emulator.Keys;
using CfAccess.Emulator.Parts;
using CfAccess.Emulator.Sessions;
using CfAccess.Emulator.Setup;
using CfAccess.Emulator.Tokens;
using Microsoft.Extensions.Options;

namespace CfAccess.Emulator;

/// <summary>
/// An emulated Cloudflare Access team: its signing keys, its people, service tokens and applications, and who is logged in. It needs no
/// web host, shares nothing with another emulator, and writes nothing to disk. Safe
/// for use by several threads.
/// </summary>
public sealed class AccessEmulator : IDisposable
{
    private static readonly TimeSpan EvaluationTime = TimeSpan.FromMinutes(1);

    private readonly TokenMint _mint;

    /// <summary>Makes a team with two fresh signing keys.</summary>
    /// <param name="options">
    /// The people, the service tokens, the issuer; later changes of it have no effect. Default: the options' own defaults.
    /// </param>
    /// <param name="timeProvider">
    /// The clock of tokens and sessions, and of the schemes that use this emulator. Default: the system's.
    /// </param>
    /// <exception cref="OptionsValidationException">The options are wrong; the message tells of everything that is.</exception>
    /// <exception cref="InvalidDataException">A file of a companion package cannot be read, or is wrong.</exception>
    public AccessEmulator(AccessEmulatorOptions? options = null, TimeProvider? timeProvider = null)
    {
        options ??= new();
        ValidateAccessEmulatorOptions.ThrowIfWrong(options);

        Clock = timeProvider ?? TimeProvider.System;
        var origin = new Uri(options.Issuer);
        Issuer = origin.GetLeftPart(UriPartial.Authority);
        HasEdge = options.Edge;
        AllowOutsideDevelopment = options.AllowOutsideDevelopment;
        Output = options.Output;
        CookieSameSite = options.CookieSameSite;
        SessionDuration = options.SessionDuration;
        MintSecret = options.MintSecret ?? Secret.Make();
        LocalCallers = new LocalCallers(options.AllowedHosts, options.AllowedNetworks);
        Parts = new EmulatorParts([.. options.Parts.Select(part => part.Create(this)).OfType<EmulatorPart>()]);
        Callers = new CallerDirectory(options);
        Applications = new ApplicationDirectory(options.Applications);
        Keys = new KeyRing(origin.Host, Clock, options.CreateKeyPair);
        _mint = new TokenMint(Issuer, options.SessionDuration, Keys, Clock);
        Sessions = new SessionStore(_mint, Applications, Clock);
    }

    /// <summary>The issuer of the tokens, and the origin of the keys.</summary>
    public string Issuer { get; }

    /// <summary>The AUD tags of its applications; without any that are configured, those of the application under development.</summary>
    public IReadOnlyList<string> Audiences => Applications.Audiences;

    /// <summary>The people who can log in.</summary>
    public IReadOnlyList<AccessEmulatorPerson> People => Callers.People;

    /// <summary>The service tokens that are accepted, each with its secret.</summary>
    public IReadOnlyList<AccessEmulatorServiceToken> ServiceTokens => Callers.ServiceTokens;

    /// <summary>The bearer secret with which scripts have tokens made over HTTP.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public string MintSecret { get; }

    /// <summary>The key id of the key that signs.</summary>
    public string CurrentKeyId => Keys.Current.KeyId;

    /// <summary>The key ids that the keys endpoint publishes, the oldest first.</summary>
    public IReadOnlyList<string> PublishedKeyIds => [.. Keys.Published.Select(key => key.KeyId)];

    /// <summary>Whether the keys endpoint answers 500. Default: <see langword="false"/>.</summary>
    public bool KeysEndpointFails { get; set; }

    internal bool HasEdge { get; }

    internal bool AllowOutsideDevelopment { get; }

    internal TextWriter? Output { get; }

    internal AccessEmulatorSameSite CookieSameSite { get; }

    internal TimeSpan SessionDuration { get; }

    internal TimeProvider Clock { get; }

    internal LocalCallers LocalCallers { get; }

    internal EdgeJournal Journal { get; } = new();

    internal EmulatorParts Parts { get; }

    internal CallerDirectory Callers { get; }

    internal ApplicationDirectory Applications { get; }

    internal KeyRing Keys { get; }

    internal SessionStore Sessions { get; }

    /// <summary>
    /// Makes a new key, which signs from now on; the key before it stays published, an older one does not, and logins made with that one
    /// end.
    /// </summary>
    /// <returns>The key id of the new key.</returns>
    public string RotateKey()
    {
        var key = Keys.Rotate();
        EndSessionsOfUnknownKeys();
        return key.KeyId;
    }

    /// <summary>
    /// Stops publishing a key. Access never signs with a key that it does not publish, so withdrawing the current key rotates first, as
    /// <see cref="RotateKey"/> does. Logins made with the withdrawn key stay.
    /// </summary>
    /// <param name="keyId">The ID of the key, for example <see cref="CurrentKeyId"/>.</param>
    /// <exception cref="ArgumentException">No such key is published.</exception>
    public void WithdrawKey(string keyId)
    {
        ArgumentException.ThrowIfNullOrEmpty(keyId);
        if (!TryWithdrawKey(keyId))
        {
            throw new ArgumentException("The emulator publishes no key of this id.", nameof(keyId));
        }
    }

    /// <summary>Logs a person in.</summary>
    /// <param name="email">The person's e-mail address.</param>
    /// <param name="groups">
    /// The person's groups for this login, in place of those that the options give; with them also somebody whom the options do not know.
    /// Default: none, which means as the options have it.
    /// </param>
    /// <exception cref="ArgumentException">The emulator knows no such person, or the e-mail address or a group is none.</exception>
    public AccessEmulatorSession LogIn(string email, IEnumerable<string>? groups = null) => LogIn(PersonOf(email, groups));

    /// <summary>Logs a person in, known to the options or not.</summary>
    /// <exception cref="ArgumentException">Something is wrong with the person.</exception>
    public AccessEmulatorSession LogIn(AccessEmulatorPerson person) => Sessions.Start(Checked(person));

    /// <summary>Logs a service in; the session that it has is continued.</summary>
    /// <exception cref="ArgumentException">The emulator knows no such service token.</exception>
    public AccessEmulatorSession LogInService(string clientId) => Sessions.Continue(ServiceTokenOf(clientId), CurrentKeyId);

    /// <summary>Ends a session; the edge takes its tokens no more. The application cannot see that, as with the real one.</summary>
    /// <returns>Whether there was such a session.</returns>
    public bool Revoke(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return Sessions.End(token);
    }

    /// <summary>Makes a token of a person, without a session at the edge.</summary>
    /// <param name="email">The person's e-mail address.</param>
    /// <param name="change">Changes the token before it is signed. Default: none, which leaves it good.</param>
    /// <exception cref="ArgumentException">The emulator knows no such person.</exception>
    public string MintPersonToken(string email, Action<AccessEmulatorTokenDraft>? change = null) =>
        MintPersonToken(PersonOf(email, groups: null), change);

    /// <summary>Makes a token of a person, known to the options or not, without a session at the edge.</summary>
    /// <param name="person">The person.</param>
    /// <param name="change">Changes the token before it is signed. Default: none, which leaves it good.</param>
    /// <exception cref="ArgumentException">Something is wrong with the person.</exception>
    public string MintPersonToken(AccessEmulatorPerson person, Action<AccessEmulatorTokenDraft>? change = null)
    {
        var one = Checked(person);
        return _mint.Mint(terms => Payloads.Of(one, Issuer, terms), Applications.All[0].Audiences, change);
    }

    /// <summary>Makes a token of a service, without a session at the edge.</summary>
    /// <param name="clientId">The service token's Client ID.</param>
    /// <param name="change">Changes the token before it is signed. Default: none, which leaves it good.</param>
    /// <exception cref="ArgumentException">The emulator knows no such service token.</exception>
    public string MintServiceToken(string clientId, Action<AccessEmulatorTokenDraft>? change = null)
    {
        var one = ServiceTokenOf(clientId);
        return _mint.Mint(terms => Payloads.Of(one, Issuer, terms), Applications.All[0].Audiences, change);
    }

    /// <summary>Makes a token of a person that is wrong in one way and good in all others. An application must refuse it.</summary>
    /// <param name="wrong">What is wrong with it.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="wrong"/> is no such way.</exception>
    public string MintWrongToken(AccessEmulatorWrongToken wrong) => MintWrongToken(wrong, Applications.All[0]);

    internal string MintWrongToken(AccessEmulatorWrongToken wrong, ProtectedApplication application) =>
        _mint.Mint(terms => Payloads.Of(WrongTokens.Bearer, Issuer, terms), application.Audiences, draft => WrongTokens.Spoil(draft, wrong));

    /// <inheritdoc/>
    public void Dispose() => Keys.Dispose();

    internal bool TryWithdrawKey(string keyId)
    {
        var isWithdrawn = Keys.Withdraw(keyId);
        EndSessionsOfUnknownKeys();
        return isWithdrawn;
    }

    /// <summary>Makes the question that Access asks of an External Evaluation rule. What is not documented of it, it leaves out.</summary>
    internal (string Token, string Nonce) MintEvaluationRequest(AccessEmulatorPerson person, string ip)
    {
        var (now, nonce) = (Clock.GetUtcNow(), Secret.Make());
        var token = _mint.Sign(new JsonObject
        {
            ["identity"] = JsonSerializer.SerializeToNode(IdentityOfSession.Tell(person, Issuer, now, ip), EmulatorJson.Default.IdentityDocument),
            ["nonce"] = nonce,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + EvaluationTime).ToUnixTimeSeconds(),
        });
        return (token, nonce);
    }

    private void EndSessionsOfUnknownKeys() => Sessions.EndUnless(session => Keys.IsKnown(session.Minted.KeyId), SessionEnd.KeyReplaced);

    private AccessEmulatorPerson PersonOf(string email, IEnumerable<string>? groups)
    {
        ArgumentException.ThrowIfNullOrEmpty(email);
        return Callers.Person(email, groups) ?? throw new ArgumentException(Callers.UnknownPerson, nameof(email));
    }

    private AccessEmulatorServiceToken ServiceTokenOf(string clientId)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        return Callers.FindServiceToken(clientId) ?? throw new ArgumentException(Callers.UnknownServiceToken, nameof(clientId));
    }

    private static AccessEmulatorPerson Checked(AccessEmulatorPerson person)
    {
        ArgumentNullException.ThrowIfNull(person);
        List<string> wrong = [.. CallerRules.Of(nameof(person), person)];
        return wrong.Count == 0 ? person : throw new ArgumentException(string.Join(' ', wrong), nameof(person));
    }
}
