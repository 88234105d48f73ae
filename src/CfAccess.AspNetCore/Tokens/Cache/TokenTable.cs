using System.Numerics;
using System.Text;

namespace CfAccess.AspNetCore.Tokens.Cache;

/// <summary>
/// Validated tokens by their text, bounded in number and in bytes: an eight-way set-associative array of immutable entries. Finding takes no lock
/// and allocates nothing. Room is made by what was not found for the longest time, of a few that are looked at.
/// </summary>
internal sealed class TokenTable(int maximumEntries, long maximumBytes)
{
    private const int Ways = 8;

    /// <summary>How many entries are looked at for the one that makes room: so many that one in use is hardly ever the oldest of them.</summary>
    private const int Sample = 16;

    /// <summary>How much of a token's end is hashed: part of the signature, in which any two good tokens differ.</summary>
    private const int HashedLength = 16;

    private readonly Lock _writing = new();

    /// <summary>At least two slots for an entry, so that hardly a token finds its eight slots taken before a bound is reached.</summary>
    private readonly Entry?[] _slots = new Entry?[
        Ways * BitOperations.RoundUpToPowerOf2((uint)(Math.Min(maximumEntries, maximumBytes / CachedSize.Smallest) * 2 / Ways) + 1)];

    private int _count;
    private long _bytes;
    private long _added;
    private int _hand;

    public int Count => Volatile.Read(ref _count);

    public Entry? Find(ReadOnlySpan<char> token)
    {
        var hash = HashOf(token);
        foreach (ref var slot in SlotsOf(hash))
        {
            if (Volatile.Read(ref slot) is { } entry && entry.Holds(token, hash))
            {
                entry.FoundAt = Volatile.Read(ref _added);
                return entry;
            }
        }

        return null;
    }

    /// <summary>Keeps a token, in place of one with the same text or, where there is no room, of others.</summary>
    public void Add(string token, ValidatedToken validated, long bytes)
    {
        if (bytes > maximumBytes)
        {
            return;
        }

        var added = new Entry(HashOf(token), validated, bytes);
        lock (_writing)
        {
            added.FoundAt = ++_added;
            var slots = SlotsOf(added.Hash);
            foreach (ref var slot in slots)
            {
                if (slot?.Holds(token, added.Hash) == true)
                {
                    Clear(ref slot);
                }
            }

            if (!slots.Contains(null))
            {
                var first = 0;
                MakeRoom(slots, ref first);
            }

            while (_count == maximumEntries || _bytes + bytes > maximumBytes)
            {
                MakeRoom(_slots, ref _hand);
            }

            Volatile.Write(ref slots[slots.IndexOf((Entry?)null)], added);
            _count++;
            _bytes += bytes;
        }
    }

    public void Remove(Entry entry)
    {
        lock (_writing)
        {
            foreach (ref var slot in SlotsOf(entry.Hash))
            {
                if (ReferenceEquals(slot, entry))
                {
                    Clear(ref slot);
                }
            }
        }
    }

    private static int HashOf(ReadOnlySpan<char> token) =>
        string.GetHashCode(token[Math.Max(0, token.Length - HashedLength)..], StringComparison.Ordinal);

    private Span<Entry?> SlotsOf(int hash) => _slots.AsSpan(hash & (_slots.Length - 1) & -Ways, Ways);

    /// <summary>Of the next few entries from the hand on, clears the one that was not found for the longest time.</summary>
    private void MakeRoom(Span<Entry?> slots, ref int hand)
    {
        ref var oldest = ref slots[hand];
        for (int steps = 0, seen = 0; steps < slots.Length && seen < Sample; steps++)
        {
            ref var slot = ref slots[hand];
            if (slot is not null)
            {
                seen++;
                oldest = ref oldest is null || slot.FoundAt < oldest.FoundAt ? ref slot : ref oldest;
            }

            hand = (hand + 1) % slots.Length;
        }

        Clear(ref oldest);
    }

    private void Clear(ref Entry? slot)
    {
        _count--;
        _bytes -= slot!.Bytes;
        Volatile.Write(ref slot, null);
    }

    /// <summary>What a token was validated as.</summary>
    public sealed class Entry(int hash, ValidatedToken validated, long bytes)
    {
        private long _foundAt;

        public int Hash { get; } = hash;

        public ValidatedToken Validated { get; } = validated;

        public long Bytes { get; } = bytes;

        /// <summary>How many tokens had been added when it was last found. Written only where it changes: many threads find the same token.</summary>
        public long FoundAt
        {
            get => Volatile.Read(ref _foundAt);
            set
            {
                if (Volatile.Read(ref _foundAt) != value)
                {
                    Volatile.Write(ref _foundAt, value);
                }
            }
        }

        public bool Holds(ReadOnlySpan<char> token, int itsHash) => itsHash == Hash && Ascii.Equals(Validated.Caller.Token, token);
    }
}
