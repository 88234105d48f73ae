using System.Text;
using System.Text.Json;

namespace CfAccess.AspNetCore.Tokens;

/// <summary>
/// The names of the members of one JSON object, so that none comes twice. As long as they are few and written plainly, they are compared
/// where they stand.
/// </summary>
internal ref struct MemberNames(ReadOnlySpan<byte> json, Span<Range> few)
{
    private readonly ReadOnlySpan<byte> _json = json;
    private readonly Span<Range> _few = few;
    private HashSet<string>? _many;

    public int Count { get; private set; }

    /// <returns>Whether the name that the reader stands on is new.</returns>
    /// <exception cref="InvalidOperationException">The name holds half of a surrogate pair.</exception>
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
        foreach (var earlier in _few[..Count])
        {
            if (_json[earlier].SequenceEqual(name))
            {
                return false;
            }
        }

        _few[Count++] = start..(start + name.Length);
        return true;
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
