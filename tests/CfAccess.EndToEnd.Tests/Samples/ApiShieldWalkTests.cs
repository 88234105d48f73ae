using System.Text.RegularExpressions;
using CfAccess.EndToEnd.Tests.Docs;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Samples;

/// <summary>The way from the first <c>curl</c> to an enforced rule, as docs/api-shield.md shows it, against the sample as it tells to start it.</summary>
public sealed partial class ApiShieldWalkTests
{
    [Fact]
    public async Task Every_command_of_the_page_does_what_is_written_beside_it()
    {
        await using var sample = await SampleProcess.StartAsync(
            "ApiShield",
            "Development",
            ("ASPNETCORE_CONTENTROOT", RepositoryFile.Find("samples/ApiShield")),
            ("CloudflareAccess__Emulator__ApiShield__Enabled", "true"));
        await sample.PrintedAsync("$zone/token_validation/rules");
        using var client = new HttpClient();
        var script = new ShellScript(client, Printed.Matches(sample.Output).ToDictionary(line => line.Groups[1].Value, line => line.Groups[2].Value));

        var answers = await script.RunAsync(Script.Replace("http://localhost:5082", sample.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));

        answers.Count.ShouldBe(10);
        foreach (var (url, status, body, comment) in answers)
        {
            status.ShouldBe(comment.Length == 0 ? 200 : int.Parse(comment.AsSpan(2, 3), null), $"{url}: {body}");
        }

        answers.Select(answer => answer.Comment).Count(comment => comment.StartsWith("# 403", StringComparison.Ordinal)).ShouldBe(1);
        answers.ShouldContain(answer => answer.Body == "Account 1, as alice may see it.\n");
        answers.Single(answer => answer.Url.EndsWith("/evaluate", StringComparison.Ordinal)).Body.ShouldContain("\"verdict\":\"block\"");
        await sample.PrintedAsync(": logged. Tokens:");
    }

    private static string Script => Block.Match(File.ReadAllText(RepositoryFile.Find("docs/api-shield.md")).ReplaceLineEndings("\n")).Groups[1].Value;

    [GeneratedRegex("<!-- The test ApiShieldWalkTests runs this block. -->\n\n```sh\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block { get; }

    [GeneratedRegex(@"^ +(?:export )?(CLOUDFLARE_API_TOKEN|zone)=(\S+)$", RegexOptions.Multiline)]
    private static partial Regex Printed { get; }
}
