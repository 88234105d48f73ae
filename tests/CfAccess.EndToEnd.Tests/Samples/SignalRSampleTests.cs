using System.Net;
using System.Net.WebSockets;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using CfAccess.Testing;

namespace CfAccess.EndToEnd.Tests.Samples;

/// <summary>What a newcomer sees after <c>dotnet run --project samples/SignalR</c>.</summary>
public sealed class SignalRSampleTests : IAsyncLifetime
{
    private readonly CookieContainer _cookies = new();
    private SampleProcess _sample = null!;
    private HttpClient _browser = null!;

    private string Origin => _sample.Address.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        _sample = await SampleProcess.StartAsync("SignalR", "Development");
        _browser = new(new SocketsHttpHandler { CookieContainer = _cookies }) { BaseAddress = _sample.Address };
    }

    public ValueTask DisposeAsync()
    {
        _browser.Dispose();
        return _sample.DisposeAsync();
    }

    [Fact]
    public async Task Alice_logs_in_and_talks()
    {
        var page = await LogInAsync("alice@example.com");
        page.QuerySelectorAll<IHtmlButtonElement>("form button").Select(button => button.Value).ShouldBe(["Say", "Note"]);
        foreach (var script in page.QuerySelectorAll<IHtmlScriptElement>("script"))
        {
            (await _browser.GetStringAsync(script.Source)).ShouldContain("HubConnectionBuilder");
        }

        using var socket = await OpenAsync(Origin);
        await SendAsync(socket, """{"protocol":"json","version":1}""");
        (await ReceiveAsync(socket, "{}")).ShouldBe("{}");
        await SendAsync(socket, """{"type":1,"target":"Say","arguments":["good morning"]}""");
        (await ReceiveAsync(socket, "said")).ShouldContain("""["alice@example.com","good morning"]""");
        await SendAsync(socket, """{"type":1,"target":"Note","arguments":["milk"]}""");
        (await ReceiveAsync(socket, "noted")).ShouldContain("""["milk"]""");
    }

    [Fact]
    public async Task A_page_of_another_site_gets_nothing_by_her_login()
    {
        await LogInAsync("alice@example.com");

        (await NegotiateAsync(Origin)).ShouldBe(HttpStatusCode.OK);
        (await NegotiateAsync("https://evil.example")).ShouldBe(HttpStatusCode.Forbidden);
        await Should.ThrowAsync<WebSocketException>(() => OpenAsync("https://evil.example"));
    }

    [Fact]
    public async Task Without_a_login_the_page_leads_there_and_the_hub_is_closed()
    {
        (await _browser.GetStringAsync("/")).ShouldContain("alice@example.com");
        await Should.ThrowAsync<WebSocketException>(() => OpenAsync(Origin));
    }

    private async Task<IHtmlDocument> LogInAsync(string email)
    {
        using var login = await _browser.GetAsync("/");
        var page = await MvcSample.PageAsync(login);
        var fields = page.Forms[0].QuerySelectorAll<IHtmlInputElement>("input[type=hidden]").Select(input => KeyValuePair.Create(input.Name!, input.Value));
        var button = page.QuerySelectorAll<IHtmlButtonElement>("form button").Single(button => button.Value == email);
        using var form = new FormUrlEncodedContent([.. fields, KeyValuePair.Create(button.Name!, button.Value)]);
        using var landing = await _browser.PostAsync(login.RequestMessage!.RequestUri, form);
        return await MvcSample.PageAsync(landing);
    }

    private async Task<HttpStatusCode> NegotiateAsync(string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/negotiate?negotiateVersion=1");
        request.Headers.Add("Origin", origin);
        using var response = await _browser.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<ClientWebSocket> OpenAsync(string origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = _cookies;
        socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new UriBuilder(_sample.Address) { Scheme = "ws", Path = "/chat" }.Uri, TestContext.Current.CancellationToken);
        return socket;
    }

    private static Task SendAsync(WebSocket socket, string message) => socket.SendAsync(
        Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    /// <summary>Reads messages up to the one that holds a text; pings come between.</summary>
    private static async Task<string> ReceiveAsync(WebSocket socket, string text)
    {
        var buffer = new byte[4096];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken)
                .WithDeadlineAsync();
            var messages = Encoding.UTF8.GetString(buffer, 0, received.Count).Split('\u001e');
            if (messages.FirstOrDefault(message => message.Contains(text, StringComparison.Ordinal)) is { } found)
            {
                return found;
            }

            received.MessageType.ShouldNotBe(WebSocketMessageType.Close);
        }
    }
}
