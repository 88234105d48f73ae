using System.Text;
using System.Text.Json;

namespace CfAccess.Shared.Json;

/// <summary>
/// The names of the members of one JSON object, so that none comes twice. As long as they are few and written plainly, they are compared
/// where they stand.
/// </summary>
internal ref struct MemberNames(ReadOnlySpan<byte> json, Span<Range> few)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private readonly Span<Range> _few = few;
    private HashSet<string>? _many;
    private ulong _looks;

    public int Count { get; private set; }

    /// <param name="reader">Is on a name that is valid Unicode.</param>
    /// <returns>Whether the name is new.</returns>
    public bool TryAdd(in Utf8JsonReader reader)
    {
        if (_many is null && !reader.ValueIsEscaped && Count < _few.Length)
        {
            return TryAddPlain((int)reader.TokenStartIndex + 1, reader.ValueSpan);
        }

        _many ??= All();
        Count++;
        return _many.Add(reader.GetString()!);
    }

    private bool TryAddPlain(int start, ReadOnlySpan<byte> name)
    {
        var look = name.IsEmpty ? 1 : 1UL << ((name.Length ^ (name[0] * 3) ^ (name[^1] * 5)) & 63);
        if ((_looks & look) != 0 && IsAmongFew(name))
        {
            return false;
        }

        _looks |= look;
        _few[Count++] = start..(start + name.Length);
        return true;
    }

    /// <summary>Asked only about a name that has the look, by length, first and last character, of an earlier one.</summary>
    private readonly bool IsAmongFew(ReadOnlySpan<byte> name)
    {
        foreach (var earlier in _few[..Count])
        {
            if (_json[earlier].SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    private readonly HashSet<string> All()
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var earlier in _few[..Count])
        {
            all.Add(Encoding.UTF8.GetString(_json[earlier]));
        }

        return all;
    }
}
