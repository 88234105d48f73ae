using CfAccess.EndToEnd.Tests.Samples;
using CfAccess.Testing;
using Microsoft.Playwright;

namespace CfAccess.EndToEnd.Tests.Browser;

/// <summary>The chat of the SignalR sample, in a real browser.</summary>
public sealed class ChatTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Alice_talks_and_a_page_of_another_origin_in_her_browser_does_not()
    {
        await using var sample = await SampleProcess.StartAsync("SignalR", "Development");
        await using var other = await LoopbackKeysEndpoint.StartAsync();
        other.AnswerWith(200, "<!doctype html><title>Another page</title>", "text/html");
        var browser = await chromium.OpenAsync();
        var page = await browser.NewPageAsync();
        await page.GotoAsync(sample.Address.AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Alice Example" }).ClickAsync();
        await page.GetByText("Connected.").WaitForAsync();

        await page.GetByLabel("Text").FillAsync("good morning");
        await page.GetByRole(AriaRole.Button, new() { Name = "Say to all" }).ClickAsync();
        await page.GetByText("alice@example.com: good morning").WaitForAsync();

        // Another port of this machine is another origin, but the same site: her cookie goes along, and only the origin tells them apart.
        var hub = new UriBuilder(sample.Address) { Scheme = "ws", Path = "/chat" }.Uri.AbsoluteUri;
        (await OpensAsync(page, hub)).ShouldBe("open");
        await page.GotoAsync(other.Origin.AbsoluteUri);
        (await OpensAsync(page, hub)).ShouldBe("error");
        await sample.PrintedAsync("Answered 403: the request comes from a page of another origin");
    }

    private static Task<string> OpensAsync(IPage page, string hub) => page.EvaluateAsync<string>(
        """
        hub => new Promise(resolve => {
          const socket = new WebSocket(hub);
          socket.onopen = () => resolve('open');
          socket.onerror = () => resolve('error');
        })
        """,
        hub);
}
