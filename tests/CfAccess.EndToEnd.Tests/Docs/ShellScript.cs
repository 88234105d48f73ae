using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace CfAccess.EndToEnd.Tests.Docs;

/// <summary>
/// Runs the commands that the documentation shows as HTTP requests: assignments, <c>curl</c>, and its answer through <c>jq -r</c> into a variable. It
/// knows no more of a shell than that, and throws at the rest.
/// </summary>
internal sealed partial class ShellScript(HttpClient client, Dictionary<string, string> variables)
{
    /// <returns>Each <c>curl</c> with its answer, and the comment beside it.</returns>
    public async Task<IReadOnlyList<(string Url, int Status, string Body, string Comment)>> RunAsync(string script)
    {
        List<(string, int, string, string)> answers = [];
        foreach (var (words, comment) in Commands(script))
        {
            if (words is [var assignment] && Assignment.Match(assignment) is { Success: true } plain)
            {
                variables[plain.Groups["name"].Value] = plain.Groups["value"].Value;
                continue;
            }

            var name = Assignment.Match(words[0]) is { Success: true } kept && kept.Groups["value"].Value == "$(curl" ? kept.Groups["name"].Value : null;
            (name is not null || words[0] == "curl").ShouldBeTrue(words[0]);
            var pipe = words.IndexOf("|");
            var (url, status, body) = await SendAsync(words[1..(pipe < 0 ? words.Count : pipe)], name is not null && pipe < 0);
            answers.Add((url, status, body, comment));
            if (name is not null)
            {
                variables[name] = pipe < 0 ? body.Trim() : Select(body, words[(pipe + 1)..]);
            }
        }

        return answers;
    }

    private async Task<(string Url, int Status, string Body)> SendAsync(List<string> words, bool endsInParenthesis)
    {
        using var request = new HttpRequestMessage();
        string? method = null;
        for (var index = 0; index < words.Count; index++)
        {
            switch (words[index])
            {
                case "-i":
                    break;
                case "-X":
                    method = words[++index];
                    break;
                case "-H":
                    var header = words[++index].Split(": ", 2);
                    request.Headers.TryAddWithoutValidation(header[0], header[1]);
                    break;
                case "--json":
                    request.Content = new StringContent(words[++index], Encoding.UTF8, "application/json");
                    break;
                default:
                    request.RequestUri.ShouldBeNull(words[index]);
                    request.RequestUri = new Uri(endsInParenthesis ? words[index].TrimEnd(')') : words[index]);
                    break;
            }
        }

        request.Method = new HttpMethod(method ?? (request.Content is null ? "GET" : "POST"));
        using var response = await client.SendAsync(request);
        return (request.RequestUri!.AbsolutePath, (int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>As in <c>jq -r .result[0].id)</c>.</summary>
    private static string Select(string body, List<string> words)
    {
        words.Count.ShouldBe(3);
        words[..2].ShouldBe(["jq", "-r"]);
        var steps = Step.Matches(words[2]).Select(step => step.Value);
        return steps.Aggregate(JsonNode.Parse(body)!, (node, step) => int.TryParse(step, out var index) ? node[index]! : node[step]!).GetValue<string>();
    }

    /// <summary>Words as a shell makes them: of quotes, variables and blanks.</summary>
    private IEnumerable<(List<string> Words, string Comment)> Commands(string script)
    {
        var position = 0;
        while (position < script.Length)
        {
            List<string> words = [];
            var comment = string.Empty;
            while (position < script.Length && script[position] != '\n')
            {
                if (script[position] == ' ')
                {
                    position++;
                }
                else if (script[position] == '#')
                {
                    var end = script.IndexOf('\n', position);
                    (comment, position) = (script[position..end], end);
                }
                else
                {
                    words.Add(ReadWord(script, ref position));
                }
            }

            position++;
            if (words.Count > 0)
            {
                yield return (words, comment);
            }
        }
    }

    private string ReadWord(string script, ref int position)
    {
        var word = new StringBuilder();
        while (position < script.Length && script[position] is not (' ' or '\n'))
        {
            var quote = script[position];
            if (quote is '\'' or '"')
            {
                var end = script.IndexOf(quote, position + 1);
                var inner = script[(position + 1)..end];
                word.Append(quote == '"' ? Expand(inner) : inner);
                position = end + 1;
                continue;
            }

            var start = position;
            while (position < script.Length && script[position] is not (' ' or '\n' or '\'' or '"'))
            {
                position++;
            }

            word.Append(Expand(script[start..position]));
        }

        return word.ToString();
    }

    private string Expand(string text) => Variable.Replace(text, match => variables[match.Groups[1].Value]);

    [GeneratedRegex(@"^(?<name>\w+)=(?<value>.*)$", RegexOptions.Singleline)]
    private static partial Regex Assignment { get; }

    [GeneratedRegex(@"\$(\w+)")]
    private static partial Regex Variable { get; }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Step { get; }
}
