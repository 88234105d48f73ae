using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Samples;

/// <summary>What a newcomer sees after <c>dotnet run --project samples/ApiShield</c>, and what somebody sees who deploys it as it is.</summary>
public sealed partial class ApiShieldSampleTests
{
    private const string Host = "api.example.com";

    [Fact]
    public async Task It_prints_what_to_try_and_that_is_what_happens()
    {
        await using var sample = await StartAsync("Development");
        await sample.PrintedAsync("Edit api-shield/token-rules.json");
        using var client = new HttpClient();
        List<(string Name, HttpStatusCode Status, string Body)> tried = [];
        foreach (Match line in CurlLine.Matches(sample.Output))
        {
            using var request = new HttpRequestMessage(line.Groups["post"].Success ? HttpMethod.Post : HttpMethod.Get, line.Groups["url"].Value);
            if (line.Groups["token"].Success)
            {
                request.Headers.Add("Authorization", line.Groups["token"].Value);
            }

            using var response = await client.SendAsync(request);
            tried.Add((line.Groups["name"].Value.Trim(), response.StatusCode, await response.Content.ReadAsStringAsync()));
        }

        tried.Select(one => (one.Name, one.Status)).ShouldBe(
        [
            ("accepted", HttpStatusCode.OK),
            ("no token", HttpStatusCode.Forbidden),
            ("expired", HttpStatusCode.Forbidden),
            ("logged", HttpStatusCode.OK),
            ("new token", HttpStatusCode.OK),
        ]);
        tried[0].Body.ShouldBe("Account 1, as alice may see it.\n");
        tried[1].Body.ShouldContain("no_token");
        tried[2].Body.ShouldContain("expired");
        await sample.PrintedAsync(": logged. Tokens:");
        (await StatusAsync(sample, "/accounts", token: tried[4].Body.Trim())).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(sample, "/ACCOUNTS/1/")).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Its_rules_can_be_edited_while_it_runs()
    {
        var folder = Copy(RepositoryFile.Find("samples/ApiShield"));
        await using (var sample = await StartAsync("Development", folder.FullName))
        {
            await sample.PrintedAsync("rules: 2, operations: 4");
            var file = Path.Combine(folder.FullName, "api-shield", "token-rules.json");
            var rules = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsArray();

            await File.WriteAllTextAsync(file, rules.ToJsonString().Replace("\"block\"", "\"deny\"", StringComparison.Ordinal));
            await sample.PrintedAsync("Rules /0/action: is neither. Write \"log\" or \"block\".");
            await sample.PrintedAsync("The previous rules stay active");
            (await StatusAsync(sample, "/accounts/1")).ShouldBe(HttpStatusCode.Forbidden);

            rules.RemoveAt(0);
            await File.WriteAllTextAsync(file, rules.ToJsonString());
            await sample.PrintedAsync("rules: 1, operations: 4");
            (await StatusAsync(sample, "/accounts/1")).ShouldBe(HttpStatusCode.OK);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Elsewhere_than_in_Development_it_gives_no_tokens_and_knows_no_localhost()
    {
        await using var sample = await StartAsync("Production");
        await sample.PrintedAsync("Application started");

        sample.Output.ShouldNotContain("Bearer");
        (await StatusAsync(sample, "/accounts/1", Host)).ShouldBe(HttpStatusCode.Forbidden);
        (await StatusAsync(sample, "/reports", Host)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(sample, "/reports")).ShouldBe(HttpStatusCode.Forbidden);
        using var login = new HttpRequestMessage(HttpMethod.Post, new Uri(sample.Address, "/login"));
        login.Headers.Host = Host;
        using var client = new HttpClient();
        using var response = await client.SendAsync(login);
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [GeneratedRegex("""^ +(?<name>\w+( \w+)?) +curl (-i )?(?<post>-X POST )?(-H "Authorization: (?<token>[^"]+)" )?(?<url>http\S+)$""", RegexOptions.Multiline)]
    private static partial Regex CurlLine { get; }

    private static Task<SampleProcess> StartAsync(string environment, string? contentRoot = null) => SampleProcess.StartAsync(
        "ApiShield", environment, ("ASPNETCORE_CONTENTROOT", contentRoot ?? RepositoryFile.Find("samples/ApiShield")));

    private static async Task<HttpStatusCode> StatusAsync(SampleProcess sample, string path, string? host = null, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(sample.Address, path));
        request.Headers.Host = host;
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        using var client = new HttpClient();
        using var response = await client.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>The settings, documents and key of a sample, without what was built.</summary>
    private static DirectoryInfo Copy(string sample)
    {
        var folder = Directory.CreateTempSubdirectory("CfAccess");
        folder.CreateSubdirectory("api-shield");
        string[] files = [.. Directory.GetFiles(sample), .. Directory.GetFiles(Path.Combine(sample, "api-shield"))];
        foreach (var file in files)
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetRelativePath(sample, file)));
        }

        return folder;
    }

    [Fact]
    public async Task With_the_API_it_says_what_comes_first_and_what_it_prints_works()
    {
        await using var sample = await SampleProcess.StartAsync(
            "ApiShield",
            "Development",
            ("ASPNETCORE_CONTENTROOT", RepositoryFile.Find("samples/ApiShield")),
            ("CloudflareAccess__Emulator__ApiShield__Enabled", "true"));
        await sample.PrintedAsync("The API Shield sample");
        await sample.PrintedAsync("new token");

        sample.Output.ShouldNotContain("accepted    curl");
        sample.Output.ShouldContain("docs/api-shield.md");
        (await StatusAsync(sample, "/accounts/1")).ShouldBe(HttpStatusCode.Forbidden);
    }
}
