using System.Text;
using CfAccess.AspNetCore.Identity;

namespace CfAccess.AspNetCore.ExternalEvaluation.Nonces;

/// <summary>
/// Remembers the nonces that this instance saw, by their hash. Only Access can make tokens that come this far, each for at most 10 minutes,
/// so there are few; should there be many all the same, none is forgotten before its time, and further requests wait.
/// </summary>
internal sealed class InstanceNonces(TimeSpan clockSkew, TimeProvider timeProvider) : INonceMemory
{
    /// <summary>About 10 MB, and more logins in 10 minutes than a team has.</summary>
    internal const int Most = 100_000;

    private readonly Lock _gate = new();
    private readonly HashSet<TokenHash> _used = [];
    private readonly PriorityQueue<TokenHash, DateTimeOffset> _byEnd = new();

    public ValueTask<EvaluationRefusal?> UseAsync(string nonce, DateTimeOffset expiration, CancellationToken cancellationToken) =>
        new(Use(TokenHash.Of(Encoding.UTF8.GetBytes(nonce)), expiration));

    public EvaluationRefusal? Use(TokenHash nonce, DateTimeOffset expiration)
    {
        lock (_gate)
        {
            // A token is taken for the clock skew beyond its end, and so is a replay of it.
            var now = timeProvider.GetUtcNow();
            while (_byEnd.TryPeek(out var old, out var end) && now - clockSkew >= end)
            {
                _byEnd.Dequeue();
                _used.Remove(old);
            }

            // Something else took so long that the token has ended by now, and its nonce may be forgotten.
            if (now - clockSkew >= expiration)
            {
                return EvaluationRefusal.Of(AccessFailureReason.Expired);
            }

            if (_used.Contains(nonce))
            {
                return EvaluationRefusal.Replayed;
            }

            if (_used.Count == Most)
            {
                return EvaluationRefusal.NoncesUnavailable;
            }

            _used.Add(nonce);
            _byEnd.Enqueue(nonce, expiration);
            return null;
        }
    }

    /// <summary>
    /// Forgets a nonce whose request was not decided, so that the request can be sent again. Its time grows with the number of nonces, but a cache that
    /// fails is rare.
    /// </summary>
    public void Release(TokenHash nonce)
    {
        lock (_gate)
        {
            _used.Remove(nonce);
            _byEnd.Remove(nonce, out _, out _);
        }
    }
}
