using System.Collections.Concurrent;
using CfAccess.Emulator.Callers;
using CfAccess.Emulator.Tokens;

namespace CfAccess.Emulator.Sessions;

/// <summary>Who is logged in, by the token that the login made.</summary>
internal sealed class SessionStore(TokenMint mint, AudienceTags tags, TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, AccessEmulatorSession> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public AccessEmulatorSession Start(AccessEmulatorPerson person) => Add(new(mint.ForPerson(person), person, serviceToken: null));

    /// <summary>The service's session: the one that it has, as long as that is as good as a new one would be.</summary>
    public AccessEmulatorSession Continue(AccessEmulatorServiceToken serviceToken, string currentKeyId)
    {
        lock (_gate)
        {
            var fresh = _sessions.Values
                .FirstOrDefault(session => ReferenceEquals(session.ServiceToken, serviceToken) && IsFresh(session, currentKeyId));
            return fresh ?? Add(new(mint.ForService(serviceToken), person: null, serviceToken));
        }
    }

    public AccessEmulatorSession? Find(string token) =>
        _sessions.TryGetValue(token, out var session) && IsLive(session) ? session : null;

    public bool End(string token) => _sessions.TryRemove(token, out _);

    public void EndUnless(Func<AccessEmulatorSession, bool> stays)
    {
        foreach (var session in _sessions.Values.Where(session => !stays(session)))
        {
            End(session.Token);
        }
    }

    private AccessEmulatorSession Add(AccessEmulatorSession session)
    {
        EndUnless(IsLive);
        return _sessions[session.Token] = session;
    }

    private bool IsLive(AccessEmulatorSession session) => clock.GetUtcNow() < session.ExpiresAt;

    private bool IsFresh(AccessEmulatorSession session, string currentKeyId) =>
        session.Minted.KeyId == currentKeyId
        && session.Minted.Audiences.SequenceEqual(tags.All)
        && clock.GetUtcNow() < session.IssuedAt + ((session.ExpiresAt - session.IssuedAt) / 2);
}
