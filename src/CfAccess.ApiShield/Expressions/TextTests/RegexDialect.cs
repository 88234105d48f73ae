using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace CfAccess.ApiShield.Expressions.TextTests;

/// <summary>
/// Brings a pattern of the Rules language, whose regular expressions are those of Rust, to .NET. What the two read differently is
/// translated or refused, never read otherwise than Cloudflare does; so is what would cost much.
/// Source: https://docs.rs/regex/latest/regex/#syntax.
/// </summary>
internal sealed class RegexDialect
{
    /// <summary>In characters.</summary>
    public const int MaximumLength = 1024;

    /// <summary>
    /// How many characters and classes the repetitions of a pattern may stand for, such as 12 for (a{3}b){3}. The engine takes linear time,
    /// but first builds up to 10,000 states, each in proportion to this.
    /// </summary>
    public const int MaximumRepeated = 256;

    private readonly string _pattern;
    private readonly StringBuilder _translated = new();

    /// <summary>The groups that are open, the innermost on top.</summary>
    private readonly Stack<Weight> _groups = new([default]);
    private Weight _last;
    private int _at;

    private RegexDialect(string pattern) => _pattern = pattern;

    public static bool TryTranslate(
        string pattern, [NotNullWhen(true)] out string? translated, [NotNullWhen(false)] out string? problem)
    {
        var dialect = new RegexDialect(pattern);
        problem = pattern.Length > MaximumLength ? $"A regular expression has at most {MaximumLength} characters" : dialect.Translate();
        translated = problem is null ? dialect._translated.ToString() : null;
        return problem is null;
    }

    private string? Translate()
    {
        while (_at < _pattern.Length)
        {
            if (Step() is { } problem)
            {
                return problem;
            }
        }

        return _groups.Any(group => group.Repeated > MaximumRepeated)
            ? $"This regular expression is too large: with its repetitions written out these may have {MaximumRepeated} characters"
            : null;
    }

    private string? Step()
    {
        switch (_pattern[_at])
        {
            case '\\':
                return Escape();
            case '[':
                return Class();
            case '(':
                _groups.Push(default);
                return Open();
            case ')' when _groups.Count > 1:
                return Element(")", _groups.Pop());
            case '{':
                return Repetition();
            case '$':
                // In .NET it is also true before a line feed at the end.
                return Element("$", Weight.One, @"\z");
            default:
                return Element(_pattern[_at].ToString(), Weight.One);
        }
    }

    private string? Element(string text, Weight weight, string? translation = null)
    {
        _at += text.Length;
        _translated.Append(translation ?? text);
        _last = weight;
        _groups.Push(_groups.Pop() + weight);
        return null;
    }

    private string? Escape()
    {
        if (_pattern.AsSpan(_at) is ['\\', 'Z' or 'G' or '<' or '>', ..])
        {
            return $"\\{_pattern[_at + 1]} is not supported here";
        }

        var length = _pattern.AsSpan(_at) is ['\\', 'p' or 'P', '{', .. var rest] ? rest.IndexOf('}') + 4 : 2;
        return Element(_pattern.Substring(_at, Math.Min(length, _pattern.Length - _at)), Weight.One);
    }

    private string? Class()
    {
        var end = _at + (_pattern.AsSpan(_at) is ['[', '^', ..] ? 2 : 1);
        for (var isFirst = true; end < _pattern.Length && (isFirst || _pattern[end] != ']'); isFirst = false)
        {
            if (_pattern[end] == '[' || _pattern.AsSpan(end) is ['&', '&', ..] or ['-', '-', ..] or ['~', '~', ..])
            {
                return "In a class, write [ as \\[, and no && or -- or ~~: .NET and Cloudflare read them differently";
            }

            end += _pattern[end] == '\\' ? 2 : 1;
        }

        return Element(_pattern[_at..Math.Min(end + 1, _pattern.Length)], Weight.One);
    }

    private string? Open()
    {
        var rest = _pattern.AsSpan(_at);
        var name = rest.StartsWith("(?P<", StringComparison.Ordinal) ? "(?P<" : null;
        if (name is null && rest is ['(', '?', not '<', ..])
        {
            var flags = rest[2..];
            var end = flags.IndexOfAnyExcept("is-");
            if (end < 0 || flags[end] is not (':' or ')'))
            {
                return "After (? write <name>, :, or the flags i and s: other flags are not supported here, and looking around is in no linear time";
            }
        }

        _at += name?.Length ?? 1;
        _translated.Append(name is null ? "(" : "(?<");
        return null;
    }

    private string? Repetition()
    {
        var end = _pattern.IndexOf('}', _at);
        var bounds = end < 0 ? string.Empty : _pattern[(_at + 1)..end];
        var parts = bounds.Split(',');
        if (parts.Length > 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return "{ is a repetition, such as {3} or {1,5}. Write \\{ for the character itself";
        }

        if (parts is [_, { Length: > 0 } most] && !int.TryParse(most, NumberStyles.None, CultureInfo.InvariantCulture, out count))
        {
            return "A repetition has two numbers at most, such as {1,5}";
        }

        _groups.Push(_groups.Pop() - _last);
        return Element($"{{{bounds}}}", _last.Times(count));
    }

    /// <summary>How large a part of a pattern is once its repetitions are written out, and how much of that they are.</summary>
    private readonly record struct Weight(long Size, long Repeated)
    {
        /// <summary>Larger counts as this large, so that no product overflows.</summary>
        private const long TooLarge = 1_000_000;

        public static Weight One { get; } = new(1, 0);

        public static Weight operator +(Weight one, Weight other) => new(one.Size + other.Size, one.Repeated + other.Repeated);

        public static Weight operator -(Weight one, Weight other) => new(one.Size - other.Size, one.Repeated - other.Repeated);

        public Weight Times(int count)
        {
            var size = Math.Min(Size * Math.Max(count, 1), TooLarge);
            return new Weight(size, size);
        }
    }
}
