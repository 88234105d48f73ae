using System.Text.Json.Nodes;
using CfAccess.Emulator.Applications;
using CfAccess.Emulator.Tokens;

namespace CfAccess.Emulator.Sessions;

/// <summary>
/// Who is logged in, by the tokens that the login made: one for each application that the caller came to, all with the session's end.
/// </summary>
internal sealed class SessionStore(TokenMint mint, ApplicationDirectory applications, TimeProvider clock)
{
    private const int RememberedEnds = 100;

    private readonly Dictionary<string, AccessEmulatorSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<(AccessEmulatorSession Session, ProtectedApplication Application), MintedToken> _tokens = [];
    private readonly Dictionary<string, SessionEnd> _ends = new(StringComparer.Ordinal);
    private readonly Queue<string> _ended = [];
    private readonly Lock _gate = new();
    private int _lastNumber;

    /// <param name="person">Who logs in.</param>
    /// <param name="passed">The policies whose External Evaluation said yes. Default: none, which passes all.</param>
    /// <param name="lifetime">How long the session lasts. Default: as the options say.</param>
    public AccessEmulatorSession Start(
        AccessEmulatorPerson person, IReadOnlySet<AccessEmulatorPolicy>? passed = null, TimeSpan? lifetime = null)
    {
        lock (_gate)
        {
            var token = mint.Mint(
                terms => Payloads.Of(person, mint.Issuer, terms), applications.All[0].Audiences, lifetime is { } limit ? clock.GetUtcNow() + limit : null);
            return Add(new(token, person, serviceToken: null, passed));
        }
    }

    /// <summary>The service's session: the one that it has, as long as that is as good as a new one would be.</summary>
    public AccessEmulatorSession Continue(AccessEmulatorServiceToken serviceToken, string currentKeyId)
    {
        lock (_gate)
        {
            return _sessions.Values.FirstOrDefault(session => session.ServiceToken == serviceToken && IsFresh(session, currentKeyId))
                ?? Add(new(
                    mint.Mint(terms => Payloads.Of(serviceToken, mint.Issuer, terms), applications.All[0].Audiences), person: null, serviceToken));
        }
    }

    /// <summary>The session's token for an application.</summary>
    public string TokenFor(AccessEmulatorSession session, ProtectedApplication application)
    {
        lock (_gate)
        {
            var token = _tokens.GetValueOrDefault((session, application), session.Minted);
            if (!token.Audiences.SequenceEqual(application.Audiences))
            {
                token = mint.Mint(terms => PayloadOf(session, terms), application.Audiences, session.ExpiresAt);
                Remember(session, application, token);
            }

            return token.Value;
        }
    }

    /// <summary>All of them, the latest first, with those whose time is up as long as nobody logged in since.</summary>
    public IReadOnlyList<AccessEmulatorSession> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _sessions.Values.Distinct().OrderByDescending(session => session.Number)];
            }
        }
    }

    /// <summary>Ends a session's time now, as if it had passed.</summary>
    public void Expire(AccessEmulatorSession session)
    {
        lock (_gate)
        {
            session.ExpiresAt = clock.GetUtcNow();
        }
    }

    /// <summary>Why the session of a token ended; null if it goes on, or if the token is unknown or forgotten.</summary>
    public SessionEnd? FindEnd(string token)
    {
        lock (_gate)
        {
            return _sessions.TryGetValue(token, out var session)
                ? (IsLive(session) ? null : SessionEnd.Expired)
                : (_ends.TryGetValue(token, out var end) ? end : null);
        }
    }

    public AccessEmulatorSession? Find(string token)
    {
        lock (_gate)
        {
            return _sessions.TryGetValue(token, out var session) && IsLive(session) ? session : null;
        }
    }

    /// <summary>Ends the session that a token belongs to.</summary>
    public bool End(string token)
    {
        lock (_gate)
        {
            return _sessions.TryGetValue(token, out var ended) && EndUnlessLocked(session => session != ended, SessionEnd.Revoked);
        }
    }

    public void EndUnless(Func<AccessEmulatorSession, bool> stays, SessionEnd end)
    {
        lock (_gate)
        {
            EndUnlessLocked(stays, end);
        }
    }

    /// <summary>A session that ended since it was found is not brought back.</summary>
    private void Remember(AccessEmulatorSession session, ProtectedApplication application, MintedToken token)
    {
        if (_sessions.ContainsKey(session.Token))
        {
            _tokens[(session, application)] = token;
            _sessions[token.Value] = session;
        }
    }

    private bool EndUnlessLocked(Func<AccessEmulatorSession, bool> stays, SessionEnd end)
    {
        List<string> ended = [.. _sessions.Where(one => !stays(one.Value)).Select(one => one.Key)];
        ended.ForEach(token => RememberEnd(token, IsLive(_sessions[token]) ? end : SessionEnd.Expired));
        ended.ForEach(token => _sessions.Remove(token));
        _tokens.Keys.Where(key => !stays(key.Session)).ToList().ForEach(key => _tokens.Remove(key));
        return ended.Count > 0;
    }

    private void RememberEnd(string token, SessionEnd end)
    {
        _ends[token] = end;
        _ended.Enqueue(token);
        if (_ended.Count > RememberedEnds)
        {
            _ends.Remove(_ended.Dequeue());
        }
    }

    private AccessEmulatorSession Add(AccessEmulatorSession session)
    {
        EndUnlessLocked(IsLive, SessionEnd.Expired);
        session.Number = ++_lastNumber;
        return _sessions[session.Token] = session;
    }

    private JsonObject PayloadOf(AccessEmulatorSession session, TokenTerms terms) => session switch
    {
        { Person: { } person } => Payloads.Of(person, mint.Issuer, terms),
        { ServiceToken: { } serviceToken } => Payloads.Of(serviceToken, mint.Issuer, terms),
        _ => throw new InvalidOperationException("A session is of a person or of a service."),
    };

    private bool IsLive(AccessEmulatorSession session) => clock.GetUtcNow() < session.ExpiresAt;

    private bool IsFresh(AccessEmulatorSession session, string currentKeyId) =>
        session.Minted.KeyId == currentKeyId
        && clock.GetUtcNow() < session.IssuedAt + ((session.ExpiresAt - session.IssuedAt) / 2);
}
