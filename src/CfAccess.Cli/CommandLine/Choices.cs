using System.CommandLine;
using System.CommandLine.Parsing;

namespace CfAccess.Cli.CommandLine;

/// <summary>Options and arguments that take one of a few words. The error for another word is one line.</summary>
internal static class Choices
{
    public static void AcceptOnly(this Option<string?> option, params string[] words)
    {
        option.CompletionSources.Add(words);
        option.Validators.Add(result => Check(result, option.Name, words));
    }

    public static void AcceptOnly(this Argument<string> argument, params string[] words)
    {
        argument.CompletionSources.Add(words);
        argument.Validators.Add(result => Check(result, argument.Name, words));
    }

    private static void Check(SymbolResult result, string name, string[] words)
    {
        foreach (var value in result.Tokens.Select(token => token.Value).Where(value => !words.Contains(value, StringComparer.Ordinal)))
        {
            var list = $"{string.Join(", ", words[..^1])}, or {words[^1]}";
            result.AddError($"{name} {Quoted.Value(value)} is not a valid value.{Suggestion.For(value, words)} Write {list}.");
            return;
        }
    }
}
