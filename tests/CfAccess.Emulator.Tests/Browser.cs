using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.TestHost;

namespace CfAccess.Emulator.Tests;

/// <summary>A browser of one user: keeps cookies, follows no redirect by itself, and sends forms as the page gives them.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _client;

    public Browser(TestServer server) => _client = new(new CookieKeeper(Cookies, server.CreateHandler())) { BaseAddress = server.BaseAddress };

    public Browser(Uri address)
    {
        var network = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        _client = new(new CookieKeeper(Cookies, network)) { BaseAddress = address };
    }

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path, TestContext.Current.CancellationToken);

    public async Task<IHtmlDocument> OpenAsync(string path)
    {
        using var response = await GetAsync(path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new HtmlParser().ParseDocument(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Opens the login page and presses the button of a person.</summary>
    public async Task<HttpResponseMessage> LogInAsync(string email, string redirectUrl = "/", Action<HttpRequestMessage>? change = null)
    {
        var path = $"/cdn-cgi/access/login/localhost?redirect_url={Uri.EscapeDataString(redirectUrl)}";
        var fields = FieldsOf(await OpenAsync(path));
        return await SendFormAsync(path, [.. fields, new("person", email)], change);
    }

    public async Task<HttpResponseMessage> SendFormAsync(
        string path,
        IEnumerable<KeyValuePair<string, string>> fields,
        Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        change?.Invoke(request);
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>The fields of the page's first form.</summary>
    public static List<KeyValuePair<string, string>> FieldsOf(IHtmlDocument page) =>
        [.. page.Forms[0].QuerySelectorAll<IHtmlInputElement>("input").Select(input => KeyValuePair.Create(input.Name!, input.Value))];

    public void Dispose() => _client.Dispose();

    private sealed class CookieKeeper(CookieContainer cookies, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (cookies.GetCookieHeader(request.RequestUri!) is { Length: > 0 } header)
            {
                request.Headers.TryAddWithoutValidation("Cookie", header);
            }

            var response = await base.SendAsync(request, cancellationToken);
            foreach (var cookie in response.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
            {
                cookies.SetCookies(request.RequestUri!, cookie);
            }

            return response;
        }
    }
}
