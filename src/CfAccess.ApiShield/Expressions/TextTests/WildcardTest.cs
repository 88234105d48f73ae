using System.Text;
using CfAccess.ApiShield.Expressions.Syntax;

namespace CfAccess.ApiShield.Expressions.TextTests;

/// <summary>
/// <c>wildcard</c>, where the case of ASCII letters does not count, and <c>strict wildcard</c>, where it does. The whole text must match.
/// Source: https://developers.cloudflare.com/ruleset-engine/rules-language/operators/#wildcard-matching.
/// </summary>
internal sealed class WildcardTest : TextTest
{
    private readonly bool _isStrict;
    private readonly string _literal;
    private readonly WildcardPart[] _parts;

    private WildcardTest(bool isStrict, string literal, WildcardPart[] parts)
    {
        _isStrict = isStrict;
        _literal = literal;
        _parts = parts;
    }

    /// <returns>The test, or what is wrong with the pattern.</returns>
    public static (WildcardTest? Test, string? Problem) Create(bool isStrict, string pattern)
    {
        var parts = new List<WildcardPart>(pattern.Length);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '*')
            {
                if (parts is [.., { IsAny: true }])
                {
                    return (null, "Two * in a row mean no more than one. Write one, or \\* for the character itself");
                }

                parts.Add(new WildcardPart('*', IsAny: true));
            }
            else if (pattern[i] != '\\')
            {
                parts.Add(new WildcardPart(pattern[i], IsAny: false));
            }
            else if (++i < pattern.Length && pattern[i] is '*' or '\\')
            {
                parts.Add(new WildcardPart(pattern[i], IsAny: false));
            }
            else
            {
                return (null, "In a wildcard pattern \\ stands only before * or \\. Write \\\\ for the character itself, best in a raw string");
            }
        }

        return (new WildcardTest(isStrict, pattern, [.. parts]), null);
    }

    /// <summary>Goes back only to the last *, since what an earlier one takes is enough.</summary>
    public override bool Holds(ReadOnlySpan<char> value)
    {
        var (at, part, afterAny, retryAt) = (0, 0, -1, 0);
        while (at < value.Length)
        {
            if (part < _parts.Length && _parts[part].IsAny)
            {
                afterAny = ++part;
                retryAt = at;
            }
            else if (part < _parts.Length && IsSame(_parts[part].Character, value[at]))
            {
                part++;
                at++;
            }
            else if (afterAny >= 0)
            {
                part = afterAny;
                at = ++retryAt;
            }
            else
            {
                return false;
            }
        }

        return part == _parts.Length || (part == _parts.Length - 1 && _parts[part].IsAny);
    }

    public override void Write(StringBuilder text) =>
        text.Append(_isStrict ? Words.Strict + " " : string.Empty).Append(Words.Wildcard).Append(' ').AppendLiteral(_literal);

    private bool IsSame(char one, char other) =>
        one == other || (!_isStrict && char.IsAsciiLetter(one) && (one | 0x20) == (other | 0x20));

    private readonly record struct WildcardPart(char Character, bool IsAny);
}
