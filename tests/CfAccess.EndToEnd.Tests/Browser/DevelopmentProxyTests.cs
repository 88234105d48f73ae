using Microsoft.Playwright;

namespace CfAccess.EndToEnd.Tests.Browser;

/// <summary>A developer's browser works through a development server that changes the host.</summary>
public sealed class DevelopmentProxyTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task Login_dashboard_and_logout_work_through_a_proxy_that_changes_the_host()
    {
        await using var sample = EmulatedSample.Start();
        await using var proxy = await DevelopmentProxy.StartAsync(sample.Address);
        await using var window = await chromium.OpenAsync(new() { BaseURL = proxy.Address.AbsoluteUri });
        var page = await window.NewPageAsync();

        await page.GotoAsync("/me");
        await page.GetByRole(AriaRole.Button, new() { Name = "Alice Example" }).ClickAsync();
        page.Url.ShouldBe(new Uri(proxy.Address, "/me").AbsoluteUri);
        (await page.ContentAsync()).ShouldContain("alice@example.com");

        var before = sample.Emulator.CurrentKeyId;
        await page.GotoAsync("/cdn-cgi/access/emulator");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rotate the key" }).ClickAsync();
        sample.Emulator.CurrentKeyId.ShouldNotBe(before);

        await page.GetByRole(AriaRole.Link, new() { Name = "Log out" }).ClickAsync();
        (await page.ContentAsync()).ShouldContain("Logged out");
        await page.GotoAsync("/me");
        new Uri(page.Url).AbsolutePath.ShouldStartWith("/cdn-cgi/access/login/");
    }
}
