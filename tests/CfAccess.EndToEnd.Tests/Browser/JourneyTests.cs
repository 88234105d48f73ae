using CfAccess.Emulator;
using Microsoft.Playwright;

namespace CfAccess.EndToEnd.Tests.Browser;

/// <summary>What people do, in a real browser.</summary>
public sealed class JourneyTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly EmulatedSample _sample = EmulatedSample.Start();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _sample.DisposeAsync();

    [Fact]
    public async Task Alice_logs_in_with_one_click_and_goes_on_where_she_wanted()
    {
        var page = await NewPageAsync();
        await page.GotoAsync("/me");
        await ShouldBeAtLoginAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Alice Example" }).ClickAsync();

        new Uri(page.Url).AbsolutePath.ShouldBe("/me");
        (await page.ContentAsync()).ShouldContain("alice@example.com");
        (await page.GotoAsync("/admin"))!.Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_login_at_the_emulator_on_its_own_leads_back_to_the_app_on_another_port()
    {
        await using var host = await AccessEmulatorHost.StartAsync(
            address: "http://127.0.0.1:0", cancellationToken: TestContext.Current.CancellationToken);
        var page = await NewPageAsync();
        await page.GotoAsync($"{host.Address}cdn-cgi/access/login/{_sample.Address.Authority}?redirect_url=%2F");

        await page.GetByRole(AriaRole.Button, new() { Name = "Alice Example" }).ClickAsync();
        await page.WaitForURLAsync(_sample.Address.AbsoluteUri);

        (await page.Context.CookiesAsync()).ShouldContain(cookie => cookie.Name == "CF_Authorization" && cookie.HttpOnly);
    }

    [Fact]
    public async Task Bob_is_kept_out_of_admin()
    {
        var page = await NewPageAsync();
        await LogInAsync(page, "Bob Example");

        // The app's 403 has no body, for which a browser shows an error page of its own.
        (await page.APIRequest.GetAsync("/admin")).Status.ShouldBe(403);
        (await page.GotoAsync("/me"))!.Status.ShouldBe(200);
    }

    [Fact]
    public async Task Anybody_can_be_typed_in_with_groups()
    {
        var page = await NewPageAsync();
        await page.GotoAsync("/admin");
        await page.GetByLabel("Somebody else's e-mail address").FillAsync("eve@example.com");
        await page.GetByLabel("In the groups").FillAsync("sales, platform");
        await page.GetByRole(AriaRole.Button, new() { Name = "Log in", Exact = true }).ClickAsync();

        new Uri(page.Url).AbsolutePath.ShouldBe("/admin");
        (await page.ContentAsync()).ShouldContain("eve@example.com");
    }

    [Fact]
    public async Task Whoever_logs_out_is_asked_again()
    {
        var page = await NewPageAsync();
        await LogInAsync(page, "Alice Example");
        await OpenDashboardAsync(page);

        await page.GetByRole(AriaRole.Link, new() { Name = "Log out" }).ClickAsync();
        (await page.ContentAsync()).ShouldContain("Logged out");

        await page.GotoAsync("/me");
        await ShouldBeAtLoginAsync(page);
    }

    [Fact]
    public async Task A_login_whose_time_is_up_is_asked_again()
    {
        var page = await NewPageAsync();
        await LogInAsync(page, "Alice Example");

        _sample.Clock.Advance(TimeSpan.FromHours(24));

        await page.GotoAsync("/me");
        await ShouldBeAtLoginAsync(page);
    }

    [Theory]
    [InlineData("Let it expire: alice@example.com", "The session has expired.")]
    [InlineData("Revoke: alice@example.com", "The session was revoked.")]
    public async Task The_dashboard_ends_a_login_and_tells_what_came_of_it(string button, string why)
    {
        var page = await NewPageAsync();
        await LogInAsync(page, "Alice Example");
        await OpenDashboardAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

        await page.GotoAsync("/me");
        await ShouldBeAtLoginAsync(page);

        await OpenDashboardAsync(page);
        (await Requests(page).First.InnerTextAsync()).ShouldContain(why);
    }

    [Fact]
    public async Task Nobody_notices_a_rotated_key()
    {
        var page = await NewPageAsync();
        await LogInAsync(page, "Alice Example");
        var old = _sample.Emulator.CurrentKeyId;
        await OpenDashboardAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Rotate the key" }).ClickAsync();
        _sample.Emulator.CurrentKeyId.ShouldNotBe(old);

        (await page.GotoAsync("/me"))!.Status.ShouldBe(200);
        (await (await NewPageAsync()).GotoAsync("/me"))!.Status.ShouldBe(200, "the login page of another browser");
        await LogInAsync(await NewPageAsync(), "Bob Example");
    }

    [Fact]
    public async Task The_dashboard_withdraws_a_key_and_breaks_and_mends_the_keys_endpoint()
    {
        var page = await NewPageAsync();
        await OpenDashboardAsync(page);
        var old = _sample.Emulator.PublishedKeyIds[0];

        await page.GetByRole(AriaRole.Button, new() { Name = $"Withdraw: {old[..8]}" }).ClickAsync();
        _sample.Emulator.PublishedKeyIds.ShouldNotContain(old);

        await page.GetByRole(AriaRole.Button, new() { Name = "Make the keys endpoint fail" }).ClickAsync();
        (await page.Context.APIRequest.GetAsync($"{_sample.Address}cdn-cgi/access/certs")).Status.ShouldBe(500);

        await page.GetByRole(AriaRole.Button, new() { Name = "Let the keys endpoint answer again" }).ClickAsync();
        (await page.Context.APIRequest.GetAsync($"{_sample.Address}cdn-cgi/access/certs")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Two_people_in_two_browsers_do_not_meet()
    {
        var (alice, bob) = (await NewPageAsync(), await NewPageAsync());
        await LogInAsync(alice, "Alice Example");
        await LogInAsync(bob, "Bob Example");

        await alice.GotoAsync("/me");
        await bob.GotoAsync("/me");

        (await alice.ContentAsync()).ShouldContain("alice@example.com");
        (await bob.ContentAsync()).ShouldContain("bob@example.com");
    }

    [Fact]
    public async Task The_curl_of_the_dashboard_is_copied_and_works()
    {
        var page = await NewPageAsync();
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await LogInAsync(page, "Alice Example");
        await OpenDashboardAsync(page);
        await page.GetByText("curl").First.ClickAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copied" }).WaitForAsync();

        var copied = await page.EvaluateAsync<string>("navigator.clipboard.readText()");
        copied.ShouldStartWith("curl -H 'Cookie: CF_Authorization=");
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Add("Cookie", copied.Split('\'')[1]["Cookie: ".Length..]);
        (await client.GetStringAsync(copied.Split(' ')[^1])).ShouldContain("alice@example.com");
    }

    [Fact]
    public async Task Everything_but_copying_works_without_scripts()
    {
        var page = await NewPageAsync(new() { JavaScriptEnabled = false });
        await LogInAsync(page, "Alice Example");
        await OpenDashboardAsync(page);
        await page.GetByText("curl").First.ClickAsync();

        (await page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).CountAsync()).ShouldBe(0);
        (await page.Locator("pre").First.InnerTextAsync()).ShouldContain("CF_Authorization=");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rotate the key" }).ClickAsync();
        new Uri(page.Url).AbsolutePath.ShouldBe("/cdn-cgi/access/emulator");
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        var page = await NewPageAsync();
        await page.GotoAsync("/me");

        await page.Locator("body").PressAsync("Tab");
        var focused = page.Locator("button:focus-visible");
        (await focused.InnerTextAsync()).ShouldContain("Alice Example");
        await focused.PressAsync("Enter");

        // WaitForURLAsync would wait for the event that the page was loaded, which may be over by then.
        await page.WaitForFunctionAsync("location.pathname === '/me' && document.readyState === 'complete'");
        (await page.ContentAsync()).ShouldContain("alice@example.com");
    }

    private async Task<IPage> NewPageAsync(BrowserNewContextOptions? options = null)
    {
        options ??= new();
        options.BaseURL = _sample.Address.AbsoluteUri;
        return await (await chromium.OpenAsync(options)).NewPageAsync();
    }

    private static async Task LogInAsync(IPage page, string name)
    {
        await page.GotoAsync("/me");
        await page.GetByRole(AriaRole.Button, new() { Name = name }).ClickAsync();
        new Uri(page.Url).AbsolutePath.ShouldBe("/me");
    }

    private static async Task OpenDashboardAsync(IPage page) => (await page.GotoAsync("/cdn-cgi/access/emulator"))!.Status.ShouldBe(200);

    private static ILocator Requests(IPage page) => page.Locator(".requests li");

    private static async Task ShouldBeAtLoginAsync(IPage page)
    {
        new Uri(page.Url).AbsolutePath.ShouldStartWith("/cdn-cgi/access/login/");
        (await page.GetByText("this is not Cloudflare").CountAsync()).ShouldBe(1);
    }
}
