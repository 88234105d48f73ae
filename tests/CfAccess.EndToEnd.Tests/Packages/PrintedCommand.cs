using System.Text;
using System.Text.RegularExpressions;

namespace CfAccess.EndToEnd.Tests.Packages;

/// <summary>A <c>curl</c> command that a program prints for its reader to copy.</summary>
internal sealed partial record PrintedCommand(Uri Url, IReadOnlyList<(string Name, string Value)> Headers, string? Body)
{
    /// <summary>The commands in what a program printed, in their order.</summary>
    public static IReadOnlyList<PrintedCommand> Parse(string output) => [.. Line.Matches(output).Select(match => Parse(match.Groups["arguments"].Value, match.Groups["url"].Value))];

    public async Task<HttpResponseMessage> SendAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(Body is null ? HttpMethod.Get : HttpMethod.Post, Url);
        request.Content = Body is null ? null : new StringContent(Body, Encoding.UTF8, "application/x-www-form-urlencoded");
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex(@"^ +curl (?<arguments>.*) (?<url>http\S+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Line { get; }

    [GeneratedRegex("-(?<option>[Hd]) '(?<value>[^']*)'")]
    private static partial Regex Argument { get; }

    private static PrintedCommand Parse(string arguments, string url)
    {
        var all = Argument.Matches(arguments).Select(one => (Option: one.Groups["option"].Value, Value: one.Groups["value"].Value)).ToList();
        var headers = all.Where(one => one.Option == "H").Select(one => one.Value.Split(": ", 2)).Select(pair => (pair[0], pair[1]));
        return new(new Uri(url), [.. headers], all.FirstOrDefault(one => one.Option == "d").Value);
    }
}
