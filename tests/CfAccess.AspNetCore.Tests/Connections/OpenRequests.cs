using System.Threading.Channels;
using CfAccess.Testing;
using Microsoft.AspNetCore.Http;

namespace CfAccess.AspNetCore.Tests.Connections;

/// <summary>Requests that last until their token ends or a test lets them go.</summary>
internal sealed class OpenRequests
{
    private readonly Channel<CancellationToken> _opened = Channel.CreateUnbounded<CancellationToken>();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public async Task HoldAsync(HttpContext context)
    {
        var ended = context.GetAccessExpirationToken();
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = ended.Register(over.SetResult);
        await _opened.Writer.WriteAsync(ended);
        await Task.WhenAny(over.Task, _released.Task);
    }

    public void Release() => _released.SetResult();

    /// <summary>Sends a request, and waits until it is held.</summary>
    public async Task<(CancellationToken Ended, Task<HttpResponseMessage> Response)> OpenAsync(
        AccessHost host, string token, string path = "/open-end", CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add(CloudflareAccessDefaults.AssertionHeader, token);
        var response = host.Client.SendAsync(request, cancellationToken);
        var opened = _opened.Reader.ReadAsync(CancellationToken.None).AsTask();
        if (await Task.WhenAny(opened, response) == response)
        {
            throw new InvalidOperationException($"The request was answered {(await response).StatusCode}, and not held.");
        }

        return (await opened, response);
    }
}
