using System.Text.Json;
using CfAccess.EndToEnd.Tests.Samples;
using Microsoft.Playwright;

namespace CfAccess.EndToEnd.Tests.Browser;

/// <summary>The pages of the MVC sample, in a real browser.</summary>
public sealed class MvcJourneyTests(Chromium chromium, MvcSample sample) : IClassFixture<Chromium>, IClassFixture<MvcSample>
{
    private static readonly string[] Rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    [Fact]
    public async Task Alice_writes_a_note_looks_at_admin_and_logs_out()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Log in" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Alice Example" }).ClickAsync();
        await page.GetByLabel("A new note").FillAsync("Buy milk");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        (await page.GetByRole(AriaRole.Listitem).First.InnerTextAsync()).ShouldBe("Buy milk by alice@example.com");

        await page.GetByRole(AriaRole.Link, new() { Name = "Admin" }).ClickAsync();
        (await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).ShouldBe("Admin");

        await page.GetByRole(AriaRole.Link, new() { Name = "Log out" }).ClickAsync();
        new Uri(page.Url).AbsolutePath.ShouldBe("/cdn-cgi/access/logout");
        (await page.ContentAsync()).ShouldContain("Logged out");
        await page.GotoAsync("/notes");
        new Uri(page.Url).AbsolutePath.ShouldStartWith("/cdn-cgi/access/login");
    }

    [Fact]
    public async Task Bob_sees_why_he_may_not()
    {
        var page = await OpenAsync();
        await page.GotoAsync("/admin");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bob Example" }).ClickAsync();

        (await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync()).ShouldBe("Forbidden");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_page_fits_its_window_and_is_accessible(ColorScheme scheme)
    {
        var page = await OpenAsync(new() { BaseURL = sample.Address.AbsoluteUri, ColorScheme = scheme });
        await page.GotoAsync("/notes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Alice Example" }).ClickAsync();
        await page.GetByLabel("A new note").FillAsync(new string('w', 200));
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();

        foreach (var path in new[] { "/", "/notes", "/admin", "/status/403" })
        {
            foreach (var width in new[] { 1100, 360 })
            {
                await page.SetViewportSizeAsync(width, 800);
                await page.GotoAsync(path);

                (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
                (await ViolationsAsync(page)).ShouldBeEmpty($"{path}, {width} wide");
            }
        }
    }

    private async Task<IPage> OpenAsync(BrowserNewContextOptions? options = null) =>
        await (await chromium.OpenAsync(options ?? new() { BaseURL = sample.Address.AbsoluteUri })).NewPageAsync();

    private static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        await page.AddScriptTagAsync(new() { Path = Prerequisites.NodeFile("axe-core/axe.min.js") });
        var result = await page.EvaluateAsync<JsonElement>("rules => axe.run({ runOnly: rules })", Rules);
        return [.. result.GetProperty("violations").EnumerateArray().Select(one => $"{one.GetProperty("id")}: {one.GetProperty("nodes")[0].GetProperty("html")}")];
    }
}
