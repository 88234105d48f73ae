using System.Text.Json;
using CfAccess.Testing;
using Microsoft.Playwright;

namespace CfAccess.EndToEnd.Tests.Browser;

/// <summary>How the pages look: on a desk and in a hand, by day and by night. With UPDATE_SCREENSHOTS=1 the pictures in docs are made anew.</summary>
public sealed class AppearanceTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private const string Login = "/cdn-cgi/access/login?redirect_url=/me";
    private const string Dashboard = "/cdn-cgi/access/emulator";
    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    private readonly EmulatedSample _sample = EmulatedSample.Start();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_page_fits_its_window_and_is_accessible(ColorScheme scheme)
    {
        var page = await OpenAsync(scheme, bypassPolicy: true);
        await UseAsync(page);
        foreach (var (name, path) in new[] { ("login", Login), ("dashboard", Dashboard) })
        {
            foreach (var (place, width) in new[] { ("desktop", 1100), ("phone", 360) })
            {
                await page.SetViewportSizeAsync(width, 800);
                await page.GotoAsync(path);

                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
                (await ViolationsAsync(page)).ShouldBeEmpty($"{name} on a {place}");
                (await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor")).ShouldBe(
                    scheme == ColorScheme.Dark ? "rgb(21, 24, 28)" : "rgb(246, 247, 249)");
                if (place == "desktop" && Environment.GetEnvironmentVariable("UPDATE_SCREENSHOTS") == "1")
                {
                    await TakeAsync(page, $"{name}-{scheme.ToString().ToLowerInvariant()}.png");
                }
            }
        }
    }

    [Fact]
    public async Task Nothing_on_a_page_comes_from_elsewhere_and_nothing_is_blocked()
    {
        var page = await OpenAsync(ColorScheme.Light);
        var asked = new List<string>();
        var told = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);
        page.Console += (_, message) => told.Add(message.Text);

        await page.GotoAsync(Login);
        await page.GotoAsync(Dashboard);

        asked.ShouldAllBe(url => url.StartsWith(_sample.Address.AbsoluteUri, StringComparison.Ordinal));
        told.ShouldNotContain(text => text.Contains("Content Security Policy"));
        (await page.EvaluateAsync<bool>("document.documentElement.classList.contains('scripts')")).ShouldBeTrue("the one script runs");
    }

    /// <summary>The picture tells of the port that the sample has, not of the one that the test got.</summary>
    private async Task TakeAsync(IPage page, string file)
    {
        await page.EvaluateAsync(
            "address => document.body.innerHTML = document.body.innerHTML.replaceAll(address, 'localhost:5080')", _sample.Address.Authority);
        await page.ScreenshotAsync(new() { Path = Path.Combine(RepositoryFile.Find("docs/images"), file), FullPage = true });
    }

    private async Task<IPage> OpenAsync(ColorScheme scheme, bool bypassPolicy = false) => await (await chromium.OpenAsync(new()
    {
        BaseURL = _sample.Address.AbsoluteUri,
        ColorScheme = scheme,
        BypassCSP = bypassPolicy,
    })).NewPageAsync();

    /// <summary>Something to see on the dashboard.</summary>
    private async Task UseAsync(IPage page)
    {
        _sample.Emulator.LogIn("bob@example.com");
        _sample.Clock.Advance(TimeSpan.FromMinutes(20));
        await page.GotoAsync("/me");
        await page.GetByRole(AriaRole.Button, new() { Name = "Alice Example" }).ClickAsync();
        await page.GotoAsync("/admin");
        await page.APIRequest.GetAsync("/robots");
        _sample.Clock.Advance(TimeSpan.FromMinutes(3));
    }

    /// <summary>axe-core, the field's usual checker: contrast, labels, names, landmarks.</summary>
    internal static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        await page.AddScriptTagAsync(new() { Path = Prerequisites.NodeFile("axe-core/axe.min.js") });
        var result = await page.EvaluateAsync<JsonElement>("rules => axe.run({ runOnly: rules })", Rules);
        return [.. result.GetProperty("violations").EnumerateArray().Select(one => $"{one.GetProperty("id")}: {one.GetProperty("nodes")[0].GetProperty("html")}")];
    }
}
