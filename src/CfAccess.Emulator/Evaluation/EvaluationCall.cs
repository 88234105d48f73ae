using System.Net;
using System.Text;
using CfAccess.Shared.Backchannel;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;

namespace CfAccess.Emulator.Evaluation;

/// <summary>Asks the application of one rule about a person, at the two URLs that the options give.</summary>
internal sealed class EvaluationCall(AccessEmulator emulator, IHttpClientFactory clients, IServiceProvider services)
{
    private const int LargestAnswer = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>Why the person may not enter, as a sentence; nothing where he may.</returns>
    /// <exception cref="OperationCanceledException">The person went away.</exception>
    public async Task<string?> AskAsync(
        AccessEmulatorExternalEvaluation rule, AccessEmulatorPerson person, string ip, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Patience, emulator.Clock);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await ExchangeAsync(rule, person, ip, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return $"{rule.EvaluateUrl}, or its keys URL, did not answer within {Patience.TotalSeconds:0} seconds.";
        }
    }

    private async Task<string?> ExchangeAsync(
        AccessEmulatorExternalEvaluation rule, AccessEmulatorPerson person, string ip, CancellationToken cancellationToken)
    {
        var (question, nonce) = emulator.MintEvaluationRequest(person, ip);
        using var body = new StringContent($$"""{"token":"{{question}}"}""", Encoding.UTF8, "application/json");
        var answer = await TrySendAsync(HttpMethod.Post, rule.EvaluateUrl, body, cancellationToken).ConfigureAwait(false);
        if (answer.Problem is not null)
        {
            return $"{rule.EvaluateUrl} {answer.Problem}.";
        }

        var keys = await TrySendAsync(HttpMethod.Get, rule.KeysUrl, content: null, cancellationToken).ConfigureAwait(false);
        if (keys.Problem is not null)
        {
            return $"{rule.KeysUrl} {keys.Problem}.";
        }

        var now = emulator.Clock.GetUtcNow();
        var problem = await EvaluationAnswer.ProblemOfAsync(answer.Body, keys.Body, nonce, now).ConfigureAwait(false);
        return problem is null ? null : $"{rule.EvaluateUrl} {problem}.";
    }

    private async Task<(ReadOnlyMemory<byte> Body, string? Problem)> TrySendAsync(
        HttpMethod method, string url, HttpContent? content, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(method, url, content, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return (default, $"could not be asked: {TransportFailure.Describe(exception)}");
        }
    }

    private async Task<(ReadOnlyMemory<byte> Body, string? Problem)> SendAsync(
        HttpMethod method, string url, HttpContent? content, CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(AccessEmulatorDefaults.ExternalEvaluationHttpClient);
        using var request = new HttpRequestMessage(method, EvaluationUrl.Resolve(url, services.GetService<IServer>()))
        {
            Content = content,
            Version = client.DefaultRequestVersion,
            VersionPolicy = client.DefaultVersionPolicy,
        };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            var hint = response.StatusCode is HttpStatusCode.Found or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? "; where it is behind Access itself, its path needs an application with a Bypass policy"
                : string.Empty;
            return (default, $"answered {(int)response.StatusCode}, not 200{hint}");
        }

        return await ResponseBody.ReadAsync(response.Content, LargestAnswer, cancellationToken).ConfigureAwait(false) is { } body
            ? (body, null)
            : (default, $"answered more than {LargestAnswer} bytes");
    }
}
