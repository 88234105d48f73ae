using System.Text;
using System.Text.RegularExpressions;
using CfAccess.ApiShield.Expressions.Syntax;

namespace CfAccess.ApiShield.Expressions.TextTests;

/// <summary><c>matches</c>: a regular expression found anywhere in the text, in time linear in the text.</summary>
internal sealed class PatternTest : TextTest
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private readonly string _literal;
    private readonly Regex _regex;

    private PatternTest(string literal, Regex regex)
    {
        _literal = literal;
        _regex = regex;
    }

    /// <returns>The test, or what is wrong with the pattern.</returns>
    public static (PatternTest? Test, string? Problem) Create(string pattern)
    {
        if (!RegexDialect.TryTranslate(pattern, out var translated, out var problem))
        {
            return (null, problem);
        }

        try
        {
            return (new PatternTest(pattern, new Regex(translated, Options)), null);
        }
        catch (RegexParseException exception)
        {
            return (null, $"This is no regular expression: {exception.Error}");
        }
        catch (NotSupportedException)
        {
            return (null, "This regular expression looks around or back, which linear time does not allow. Write it without");
        }
    }

    public override bool Holds(ReadOnlySpan<char> value) => _regex.IsMatch(value);

    public override void Write(StringBuilder text) => text.Append(Words.Matches).Append(' ').AppendLiteral(_literal);
}
