using System.Numerics;
using System.Text;

namespace CfAccess.AspNetCore.Tokens.Cache;

/// <summary>
/// Validated tokens by their text, bounded in number and in bytes: an eight-way set-associative array. Finding takes no lock and allocates
/// nothing. Room is made by what was not found for the longest time, of a few that are looked at.
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
    private readonly Slot[] _slots = new Slot[
        Ways * BitOperations.RoundUpToPowerOf2((uint)(Math.Min(maximumEntries, maximumBytes / CachedSize.Smallest) * 2 / Ways) + 1)];

    private int _count;
    private long _bytes;
    private int _hand;

    /// <summary>Begins shortly before the number at which it starts again, so that every table comes past it.</summary>
    private int _added = int.MaxValue - 50;

    public int Count => Volatile.Read(ref _count);

    public Entry? Find(ReadOnlySpan<char> token)
    {
        var hash = HashOf(token);
        foreach (ref var slot in SlotsOf(hash))
        {
            if (slot.Hash == hash && Volatile.Read(ref slot.Entry) is { } entry && entry.Holds(token))
            {
                slot.MarkFound(Volatile.Read(ref _added));
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

        var hash = HashOf(token);
        var added = new Entry(hash, validated, bytes);
        lock (_writing)
        {
            _added = unchecked(_added + 1);
            var slots = SlotsOf(hash);
            foreach (ref var slot in slots)
            {
                if (slot.Hash == hash && slot.Entry?.Holds(token) == true)
                {
                    Clear(ref slot);
                }
            }

            if (FreeOf(slots) < 0)
            {
                var first = 0;
                MakeRoom(slots, ref first);
            }

            while (_count == maximumEntries || _bytes + bytes > maximumBytes)
            {
                MakeRoom(_slots, ref _hand);
            }

            slots[FreeOf(slots)].Fill(added, _added);
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
                if (ReferenceEquals(slot.Entry, entry))
                {
                    Clear(ref slot);
                }
            }
        }
    }

    private static int HashOf(ReadOnlySpan<char> token) =>
        string.GetHashCode(token[Math.Max(0, token.Length - HashedLength)..], StringComparison.Ordinal);

    private static int FreeOf(Span<Slot> slots)
    {
        for (var number = 0; number < slots.Length; number++)
        {
            if (slots[number].Entry is null)
            {
                return number;
            }
        }

        return -1;
    }

    private Span<Slot> SlotsOf(int hash) => _slots.AsSpan(hash & (_slots.Length - 1) & -Ways, Ways);

    /// <summary>Of the next few entries from the hand on, clears the one that was not found for the longest time.</summary>
    private void MakeRoom(Span<Slot> slots, ref int hand)
    {
        ref var oldest = ref slots[hand];
        for (int steps = 0, seen = 0; steps < slots.Length && seen < Sample; steps++)
        {
            ref var slot = ref slots[hand];
            if (slot.Entry is not null)
            {
                seen++;
                oldest = ref oldest.Entry is null || slot.AgeAt(_added) > oldest.AgeAt(_added) ? ref slot : ref oldest;
            }

            hand = (hand + 1) % slots.Length;
        }

        Clear(ref oldest);
    }

    private void Clear(ref Slot slot)
    {
        _count--;
        _bytes -= slot.Entry!.Bytes;
        Volatile.Write(ref slot.Entry, null);
    }

    /// <summary>What a token was validated as. Immutable.</summary>
    public sealed class Entry(int hash, ValidatedToken validated, long bytes)
    {
        public int Hash { get; } = hash;

        public ValidatedToken Validated { get; } = validated;

        public long Bytes { get; } = bytes;

        public bool Holds(ReadOnlySpan<char> token) => Ascii.Equals(Validated.Caller.Token, token);
    }

    /// <summary>
    /// An entry's place, with what is looked at of it most. That stands here, and not in the entry, since every entry is elsewhere in memory.
    /// A reader may see it a moment before or after the entry: it then finds nothing.
    /// </summary>
    private struct Slot
    {
        public Entry? Entry;
        private int _foundAt;

        public int Hash { get; private set; }

        public void Fill(Entry entry, int now)
        {
            Hash = entry.Hash;
            _foundAt = now;
            Volatile.Write(ref Entry, entry);
        }

        /// <summary>Written only where it changes: many threads find the same token.</summary>
        /// <param name="now">How many tokens were added so far.</param>
        public void MarkFound(int now)
        {
            if (Volatile.Read(ref _foundAt) != now)
            {
                Volatile.Write(ref _foundAt, now);
            }
        }

        /// <summary>How many tokens were added since it was last found. The count may have started again in between.</summary>
        public readonly uint AgeAt(int now) => unchecked((uint)(now - _foundAt));
    }
}
