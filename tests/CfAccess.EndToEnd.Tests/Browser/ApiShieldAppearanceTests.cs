using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CfAccess.Testing;
using Microsoft.Playwright;

namespace CfAccess.EndToEnd.Tests.Browser;

/// <summary>How the dashboard looks with rules of API Shield. With UPDATE_SCREENSHOTS=1 the pictures in docs are made anew.</summary>
public sealed class ApiShieldAppearanceTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly EmulatedSample _sample = EmulatedSample.Start(hasApiShield: true);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Rules_and_verdicts_fit_their_window_and_are_accessible(ColorScheme scheme)
    {
        await FillAsync();
        var context = await chromium.OpenAsync(new() { BaseURL = _sample.Address.AbsoluteUri, ColorScheme = scheme, BypassCSP = true });
        var page = await context.NewPageAsync();
        foreach (var width in new[] { 1100, 360 })
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.GotoAsync("/cdn-cgi/access/emulator");

            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
            (await AppearanceTests.ViolationsAsync(page)).ShouldBeEmpty();
            if (width == 1100 && Environment.GetEnvironmentVariable("UPDATE_SCREENSHOTS") == "1")
            {
                await page.EvaluateAsync("document.querySelectorAll('section:not([aria-labelledby=API-Shield], [aria-labelledby=Last-verdicts])').forEach(one => one.remove())");
                await page.ScreenshotAsync(new()
                {
                    Path = Path.Combine(RepositoryFile.Find("docs/images"), $"api-shield-{scheme.ToString().ToLowerInvariant()}.png"),
                    FullPage = true,
                });
            }
        }
    }

    /// <summary>Rules of the page about API Shield, and questions about them.</summary>
    private async Task FillAsync()
    {
        using var client = new HttpClient { BaseAddress = new Uri(_sample.Address, $"/client/v4/zones/{new string('0', 32)}/") };
        client.DefaultRequestHeaders.Authorization = new("Bearer", _sample.Emulator.MintSecret);
        var configuration = Documents("token-configurations.json")[0]!;
        var operations = await SendAsync(client, "api_gateway/operations", Without(Documents("operations.json"), "operation_id"));
        var made = await SendAsync(client, "token_validation/config", configuration);
        var rules = Documents("token-rules.json").ToJsonString();
        rules = rules.Replace(configuration["id"]!.GetValue<string>(), made["id"]!.GetValue<string>(), StringComparison.Ordinal);
        foreach (var (old, now) in Documents("operations.json").Zip(operations.AsArray()))
        {
            rules = rules.Replace(old!["operation_id"]!.GetValue<string>(), now!["operation_id"]!.GetValue<string>(), StringComparison.Ordinal);
        }

        await SendAsync(client, "token_validation/rules/bulk", JsonNode.Parse(rules)!);
        foreach (var path in new[] { "/accounts/1", "/reports", "/nothing" })
        {
            await SendAsync(client, "token_validation/evaluate", new JsonObject { ["method"] = "GET", ["url"] = "https://api.example.com" + path });
            _sample.Clock.Advance(TimeSpan.FromMinutes(2));
        }
    }

    private static async Task<JsonNode> SendAsync(HttpClient client, string path, JsonNode body)
    {
        using var response = await client.PostAsJsonAsync(path, body);
        var answer = await response.Content.ReadFromJsonAsync<JsonNode>();
        answer!["success"]!.GetValue<bool>().ShouldBeTrue(answer.ToJsonString());
        return answer["result"]!;
    }

    private static JsonArray Documents(string file) => JsonNode.Parse(File.ReadAllText(RepositoryFile.Find("samples/ApiShield/api-shield/" + file)))!.AsArray();

    private static JsonArray Without(JsonArray items, string member)
    {
        foreach (var item in items)
        {
            item!.AsObject().Remove(member);
        }

        return items;
    }
}
