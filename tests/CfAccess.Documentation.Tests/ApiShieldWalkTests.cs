using System.Diagnostics;
using System.Text.RegularExpressions;
using CfAccess.EndToEnd.Tests.Samples;
using CfAccess.Testing;

namespace CfAccess.Documentation.Tests;

/// <summary>The commands of docs/api-shield.md, from the first request to an enforced rule, work in bash against the sample.</summary>
public sealed partial class ApiShieldWalkTests
{
    private static readonly string[] Programs = ["bash", "curl", "jq"];

    [Fact]
    public async Task The_commands_of_the_page_save_a_rule_that_is_enforced()
    {
        Assert.SkipWhen(Missing is not null, $"{Missing} is not on the PATH of this machine.");
        await using var sample = await SampleProcess.StartAsync(
            "ApiShield",
            "Development",
            ("ASPNETCORE_CONTENTROOT", RepositoryFile.Find("samples/ApiShield")),
            ("CloudflareAccess__Emulator__ApiShield__Enabled", "true"));
        await sample.PrintedAsync("$zone/token_validation/rules");

        var output = await RunAsync(
            Script.Replace("http://localhost:5082", sample.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal),
            Printed.Matches(sample.Output).Select(line => (line.Groups[1].Value, line.Groups[2].Value)));

        // No rule yet, a rule and no token, a rule and a token, a rule that only logs.
        Status.Matches(output).Select(status => status.Groups[1].Value).ShouldBe(["200", "403", "200", "200"]);
        output.ShouldContain("\"verdict\":\"block\"");
        await sample.PrintedAsync(": logged. Tokens:");
    }

    private static string Script => new Markdown("docs/api-shield.md").Blocks("sh").Single(block => block.Contains("/token_validation/evaluate", StringComparison.Ordinal));

    private static string? Missing => Programs.FirstOrDefault(program =>
        !Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program))));

    [GeneratedRegex(@"^ +(?:export )?(CLOUDFLARE_API_TOKEN|zone)=(\S+)$", RegexOptions.Multiline)]
    private static partial Regex Printed { get; }

    /// <summary>A body without a line break at its end is before the next status line.</summary>
    [GeneratedRegex(@"HTTP/1\.1 (\d+) ")]
    private static partial Regex Status { get; }

    /// <returns>What the script wrote to standard output.</returns>
    private static async Task<string> RunAsync(string script, IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var bash = Process.Start(start)!;
        var (output, error) = (bash.StandardOutput.ReadToEndAsync(), bash.StandardError.ReadToEndAsync());
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        bash.ExitCode.ShouldBe(0, await error);
        return await output;
    }
}
