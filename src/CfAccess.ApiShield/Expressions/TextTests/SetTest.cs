using System.Collections.Frozen;
using System.Text;
using CfAccess.ApiShield.Expressions.Syntax;

namespace CfAccess.ApiShield.Expressions.TextTests;

/// <summary><c>in {…}</c>; case counts.</summary>
internal sealed class SetTest : TextTest
{
    private readonly IReadOnlyList<string> _literals;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _set;

    public SetTest(IReadOnlyList<string> literals)
    {
        _literals = literals;
        _set = literals.ToFrozenSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public override bool Holds(ReadOnlySpan<char> value) => _set.Contains(value);

    public override void Write(StringBuilder text)
    {
        text.Append(Words.In).Append(" {");
        for (var i = 0; i < _literals.Count; i++)
        {
            text.Append(i == 0 ? string.Empty : " ").AppendLiteral(_literals[i]);
        }

        text.Append('}');
    }
}
