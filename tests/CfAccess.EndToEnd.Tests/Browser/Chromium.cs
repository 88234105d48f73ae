using Microsoft.Playwright;

namespace CfAccess.EndToEnd.Tests.Browser;

/// <summary>
/// The browser of this machine, started once for the tests of a class. Without one they are skipped, and say so; where <c>CI</c> is set they
/// fail.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "chrome"];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A browser window of a person of their own.</summary>
    public async Task<IBrowserContext> OpenAsync(BrowserNewContextOptions? options = null)
    {
        Prerequisites.Require(
            _browser is not null,
            $"There is no browser on this machine: none of {string.Join(", ", Names)} is on the PATH. On Debian: apt-get install chromium.");
        return await _browser!.NewContextAsync(options);
    }

    public async ValueTask InitializeAsync()
    {
        if (Find() is { } path)
        {
            _playwright = await Playwright.CreateAsync();

            // Without a sandbox, since tests often run as root in a container; they open pages of this machine only.
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox"] });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    private static string? Find() => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator)
        .SelectMany(folder => Names, Path.Combine)
        .FirstOrDefault(File.Exists);
}
