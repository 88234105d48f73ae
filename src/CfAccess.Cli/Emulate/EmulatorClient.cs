using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CfAccess.Cli.CommandLine;
using CfAccess.Cli.Output;
using CfAccess.Shared.Backchannel;
using CfAccess.Shared.Http;

namespace CfAccess.Cli.Emulate;

/// <summary>Calls the mint of a running emulator.</summary>
internal static class EmulatorClient
{
    private const string MintPath = "/cdn-cgi/access/emulator/token";
    private const int LargestAnswer = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<string> MintAsync(string url, string? secret, TokenWish wish, TimeProvider clock, CancellationToken cancellationToken)
    {
        wish.Check();
        var address = AddressOf(url);
        if (string.IsNullOrWhiteSpace(secret))
        {
            throw CliException.WrongUse($"Give the mint secret that the emulator printed at start, in {EmulateCommand.SecretVariable} or as --secret.");
        }

        var (status, text) = await SendAsync(address, secret.Trim(), wish, clock, cancellationToken);
        return status switch
        {
            HttpStatusCode.OK when IsToken(text) => text,
            HttpStatusCode.BadRequest => throw new CliException(ExitCodes.Refused, $"The emulator makes no such token. {Printable.Of(text)}"),
            HttpStatusCode.Unauthorized => throw new CliException(
                ExitCodes.Refused, $"The emulator knows another secret. It printed its own at start; {EmulateCommand.SecretVariable}, set before it starts, gives it one."),
            _ => throw CliException.Unreachable($"{address} answers {(int)status}: no emulator that makes tokens for this machine listens there."),
        };
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(
        Uri address, string secret, TokenWish wish, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        using var client = new HttpMessageInvoker(handler);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, MintPath));
        request.Headers.UserAgent.Add(UserAgent.Value);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        request.Content = new StringContent(JsonSerializer.Serialize(wish, EmulatorJson.Default.TokenWish), Encoding.UTF8, "application/json");
        using var timeout = new CancellationTokenSource(Patience, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var response = await client.SendAsync(request, linked.Token);
            var body = await ResponseBody.ReadAsync(response.Content, LargestAnswer, linked.Token);
            return (response.StatusCode, Encoding.UTF8.GetString(body.GetValueOrDefault().Span).Trim());
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw CliException.Unreachable($"No emulator answers at {address}: {TransportFailure.Describe(exception)}. Start one with cfaccess emulate, or give its --url.");
        }
    }

    /// <summary>What is printed raw is a token, and nothing that a terminal would obey. One without a signature ends with a dot.</summary>
    private static bool IsToken(string text) =>
        text.Split('.') is [{ Length: > 0 }, { Length: > 0 }, _]
        && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.');

    /// <summary>The secret goes there: over the network only through TLS.</summary>
    private static Uri AddressOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address)
        && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw CliException.WrongUse($"--url {Quoted.Value(url)} is no emulator's address. Write http://localhost:5090; https for one on another machine.");
}
