using System.Text;

namespace CfAccess.Cli.Rules;

/// <summary>The one word of an outcome or a reason, as in logs and metrics: the name in lower case with underscores.</summary>
internal static class Words
{
    public static string Of(string name)
    {
        var word = new StringBuilder();
        foreach (var character in name)
        {
            if (char.IsAsciiLetterUpper(character) && word.Length > 0)
            {
                word.Append('_');
            }

            word.Append(char.ToLowerInvariant(character));
        }

        return word.ToString();
    }
}
