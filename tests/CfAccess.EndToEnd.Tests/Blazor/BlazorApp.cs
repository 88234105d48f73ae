using System.Net;
using CfAccess.BlazorSite;
using CfAccess.Emulator;
using CfAccess.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace CfAccess.EndToEnd.Tests.Blazor;

/// <summary>
/// The Blazor site on a real port. A browser sends the token in the cookie, as a browser behind Access does; no emulated edge stands in between, so that a test
/// decides when a token ends. SignalR reads the real clock, and so does everything here.
/// </summary>
internal sealed class BlazorApp : IAsyncDisposable
{
    /// <summary>More than any machine needs; a test that passes never waits for it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly WebApplicationFactory<App> _factory;
    private readonly AccessEmulator _emulator;
    private readonly Signal _written = new();

    private BlazorApp(WebApplicationFactory<App> factory, AccessEmulator emulator, LogCollector log)
    {
        (_factory, _emulator, Log) = (factory, emulator, log);
        Journal = factory.Services.GetRequiredService<Journal>();
        Journal.Written += _written.Raise;
    }

    public Uri Address => _factory.ClientOptions.BaseAddress;

    public LogCollector Log { get; }

    public Journal Journal { get; }

    public static BlazorApp Start(params (string Name, string Value)[] settings)
    {
        var emulator = new AccessEmulator(new() { Output = TextWriter.Null, Edge = false });
        var log = new LogCollector();
        var factory = new WebApplicationFactory<App>().WithWebHostBuilder(host =>
        {
            host.ConfigureLogging(logging => logging.ClearProviders().AddProvider(log)).UseCloudflareAccessEmulator(emulator);
            foreach (var (name, value) in settings)
            {
                host.UseSetting(name, value);
            }
        });
        factory.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port: 0));
        factory.StartServer();
        return new(factory, emulator, log);
    }

    /// <param name="person">The name before the <c>@example.com</c>.</param>
    /// <param name="lifetime">The time until the token's <c>exp</c>.</param>
    public string Mint(string person, TimeSpan? lifetime = null) => _emulator.MintPersonToken(
        $"{person}@example.com",
        token => token.Payload["exp"] = TimeProvider.System.GetUtcNow().Add(lifetime ?? TimeSpan.FromHours(1)).ToUnixTimeSeconds());

    /// <summary>Gives a browser a token, in place of the one it has.</summary>
    public Task LogInAsync(IBrowserContext browser, string token) =>
        browser.AddCookiesAsync([new() { Name = "CF_Authorization", Value = token, Url = Address.AbsoluteUri }]);

    /// <summary>Opens a page and waits until it runs in a circuit.</summary>
    public async Task<IPage> OpenAsync(IBrowserContext browser, string path) =>
        await TryOpenAsync(browser, path, Patience) ?? throw new TimeoutException($"{path} did not run in a circuit.");

    /// <returns>The page; null if it does not run in a circuit within a time.</returns>
    public async Task<IPage?> TryOpenAsync(IBrowserContext browser, string path, TimeSpan within)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(new Uri(Address, path).AbsoluteUri);
        try
        {
            await page.Locator("#mode", new() { HasText = "interactive" }).WaitForAsync(new() { Timeout = (float)within.TotalMilliseconds });
            return page;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>The page as it is sent to somebody, before anything runs in it.</summary>
    public async Task<string> GetHtmlAsync(string path, string token)
    {
        using var client = new HttpClient { BaseAddress = Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cf-Access-Jwt-Assertion", token);
        using var response = await client.SendAsync(request);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public void CutConnections() => _factory.Services.GetRequiredService<OpenConnections>().Cut();

    /// <summary>Waits until something has happened on the server so many times.</summary>
    public async Task HappenedAsync(string entry, int times = 1)
    {
        for (var seen = _written.Count; Count(entry) < times; seen++)
        {
            await _written.ReachedAsync(seen + 1).WaitAsync(Patience, TimeProvider.System);
        }
    }

    public int Count(string entry) => Journal.Entries.Count(one => one == entry);

    public async ValueTask DisposeAsync()
    {
        await _factory.DisposeAsync();
        _emulator.Dispose();
        Log.Dispose();
    }
}
