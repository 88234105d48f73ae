using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CfAccess.EndToEnd.Tests.Samples;

/// <summary>The MVC sample as a process, started once for the tests of a class, and people who click through it.</summary>
public sealed partial class MvcSample : IAsyncLifetime
{
    private SampleProcess _process = null!;

    public Uri Address => _process.Address;

    public string ClientId => ClientIdLine.Match(_process.Output).Groups[1].Value;

    public string ClientSecret => ClientSecretLine.Match(_process.Output).Groups[1].Value;

    public async ValueTask InitializeAsync()
    {
        _process = await SampleProcess.StartAsync("Mvc", "Development");
        await _process.PrintedAsync("Client Secret");
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    /// <summary>Somebody with a browser of their own, which keeps cookies and follows redirects.</summary>
    public HttpClient NewBrowser() =>
        new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = Address };

    /// <summary>Somebody without a browser, who is told where redirects lead.</summary>
    public HttpClient NewClient(params (string Name, string Value)[] headers)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
        foreach (var (name, value) in headers)
        {
            client.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        }

        return client;
    }

    /// <summary>A browser of a person who has logged in by a click.</summary>
    public async Task<HttpClient> LogInAsync(string email)
    {
        var browser = NewBrowser();
        using var login = await browser.GetAsync("/notes");
        var page = await PageAsync(login);
        var button = page.QuerySelectorAll<IHtmlButtonElement>("form button").Single(button => button.Value == email);
        using var form = Fields(page.Forms[0], KeyValuePair.Create(button.Name!, button.Value));
        using var landing = await browser.PostAsync(login.RequestMessage!.RequestUri, form);
        landing.RequestMessage!.RequestUri!.AbsolutePath.ShouldBe("/notes");
        return browser;
    }

    public static async Task<IHtmlDocument> OpenAsync(HttpClient browser, string path)
    {
        using var response = await browser.GetAsync(path);
        return await PageAsync(response);
    }

    /// <summary>Fills in a page's form as a browser does, and sends it.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(
        HttpClient browser, IHtmlDocument page, string action, params KeyValuePair<string, string>[] typed)
    {
        using var form = Fields(page.Forms.Single(form => form.GetAttribute("action") == action), typed);
        return await browser.PostAsync(action, form);
    }

    public static async Task<IHtmlDocument> PageAsync(HttpResponseMessage response) =>
        new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync());

    private static FormUrlEncodedContent Fields(IHtmlFormElement form, params KeyValuePair<string, string>[] typed) => new(
    [
        .. form.QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(input => KeyValuePair.Create(input.Name!, input.Value)),
        .. typed,
    ]);

    [GeneratedRegex("Client ID +(\\S+)")]
    private static partial Regex ClientIdLine { get; }

    [GeneratedRegex("Client Secret +(\\S+)")]
    private static partial Regex ClientSecretLine { get; }
}
