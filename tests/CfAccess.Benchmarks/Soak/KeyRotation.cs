using System.Globalization;
using System.Security.Cryptography;
using CfAccess.Testing;

namespace CfAccess.Benchmarks.Soak;

/// <summary>Puts a new key in the place of the current one every few seconds; its first tokens come shortly before it.</summary>
internal sealed class KeyRotation(
    RotatingEndpoint endpoint, TokenSupply supply, OutagePlan outages, Random random, TimeProvider clock)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(300);

    private KeyTokens? _previous;
    private KeyTokens? _current;

    public int Count { get; private set; }

    /// <summary>The first two keys.</summary>
    public void Begin()
    {
        Publish(Make());
        Publish(Make());
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var pause = TimeSpan.FromSeconds(2 + (3 * random.NextDouble()));
            await Task.Delay(pause, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stopping.IsCancellationRequested)
            {
                return;
            }

            if (outages.HoldsRotation(clock.GetUtcNow()))
            {
                // The tokens in stock would all expire before the trust in their key ends.
                Restock(_previous!);
                Restock(_current!);
                continue;
            }

            var next = Make();
            supply.Add(next);
            await Task.Delay(Ahead, clock, CancellationToken.None);
            Publish(next);
            Count++;
        }
    }

    private void Publish(KeyTokens next)
    {
        endpoint.Rotate(next.Key);
        supply.Add(next);
        _previous = _current;
        _current = next;
    }

    private void Restock(KeyTokens tokens) => supply.Add(Stock(tokens.Index, tokens.Key));

    private KeyTokens Make()
    {
        var index = (_current?.Index ?? -1) + 1;
        return Stock(index, TestKey.Of(
            string.Create(CultureInfo.InvariantCulture, $"soak-{index}-{random.NextInt64():x}"), RSA.Create(2048)));
    }

    private KeyTokens Stock(int index, TestKey key) => new(index, key, endpoint.Issuer, random, clock);
}
