using System.Net;

namespace CfAccess.Cli.Teams;

/// <summary>Sees the answer of the keys endpoint as it passes, so that a failure can be told in words that help.</summary>
internal sealed class KeysWitness
{
    private TimeProvider _clock = TimeProvider.System;

    public HttpStatusCode? Status { get; private set; }

    public string? MediaType { get; private set; }

    /// <summary>The time at the other side, as the answer tells it, and here when the answer came.</summary>
    public (DateTimeOffset There, DateTimeOffset Here)? Time { get; private set; }

    /// <summary>How far the clock of this machine is ahead.</summary>
    public TimeSpan? Ahead => Time is { } time ? time.Here - time.There : null;

    /// <summary>The handler that stands in the library's own client.</summary>
    public DelegatingHandler Handler(TimeProvider clock)
    {
        _clock = clock;
        return new Watching(this);
    }

    private void See(HttpResponseMessage response)
    {
        Status = response.StatusCode;
        MediaType = response.Content.Headers.ContentType?.MediaType;
        Time = response.Headers.Date is { } date ? (date, _clock.GetUtcNow()) : null;
    }

    private sealed class Watching(KeysWitness witness) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            witness.Status = null;
            var response = await base.SendAsync(request, cancellationToken);
            witness.See(response);
            return response;
        }
    }
}
