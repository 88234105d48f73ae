using System.Globalization;
using System.Text;
using CfAccess.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CfAccess.Benchmarks.Soak;

/// <summary>The key endpoint on loopback: publishes the current and the previous key, and answers as the plan says.</summary>
internal sealed class RotatingEndpoint : TestApp
{
    private const int Pieces = 8;

    private readonly CancellationTokenSource _closing = new();
    private readonly FetchLedger _ledger;
    private readonly TimeProvider _clock;
    private Published _published = new(-1, []);
    private TestKey? _current;

    private RotatingEndpoint(FetchLedger ledger, TimeProvider clock, AnswerPlan plan)
        : base(
            builder => builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MinResponseDataRate = null),
            listens: true,
            isWatched: false)
    {
        (_ledger, _clock) = (ledger, clock);
        App.Run(context => AnswerAsync(context, plan));
    }

    public string Issuer => Address.GetLeftPart(UriPartial.Authority);

    public static Task<RotatingEndpoint> StartAsync(FetchLedger ledger, TimeProvider clock, AnswerPlan plan) =>
        StartAsync(new RotatingEndpoint(ledger, clock, plan));

    /// <summary>Publishes a new key in place of the one before the last.</summary>
    public void Rotate(TestKey key)
    {
        TestKey[] keys = _current is null ? [key] : [key, _current];
        _current = key;
        var document = KeysEndpoint.Document(keys.Select(one => one.ToJwk()));
        Volatile.Write(ref _published, new Published(_published.Version + 1, Encoding.UTF8.GetBytes(document)));
        _ledger.Published();
    }

    public override async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        await base.DisposeAsync();
        _closing.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, AnswerPlan plan)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token, context.RequestAborted);
        var number = int.Parse(context.Request.Headers[FetchWitness.NumberHeader].Single()!, CultureInfo.InvariantCulture);
        var (kind, takes) = plan.Next();
        var published = Volatile.Read(ref _published);
        _ledger.Answering(number, kind, published.Version);
        try
        {
            await (kind switch
            {
                AnswerKind.KeySet => SendAsync(context, published.Document, gone.Token),
                AnswerKind.SlowKeySet => DripAsync(context, published.Document, takes, gone.Token),
                AnswerKind.ServerError => RefuseAsync(context),
                AnswerKind.Truncated => TruncateAsync(context, published.Document, gone.Token),
                AnswerKind.EmptySet => SendAsync(context, """{"keys":[]}"""u8.ToArray(), gone.Token),
                AnswerKind.Reset => ResetAsync(context),
                _ => Task.Delay(Timeout.InfiniteTimeSpan, _clock, gone.Token),
            });
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    private static Task SendAsync(HttpContext context, byte[] document, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = document.Length;
        return context.Response.Body.WriteAsync(document, cancellationToken).AsTask();
    }

    private async Task DripAsync(HttpContext context, byte[] document, TimeSpan takes, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/json";
        foreach (var piece in document.Chunk((document.Length / Pieces) + 1))
        {
            await Task.Delay(takes / Pieces, _clock, cancellationToken);
            await context.Response.Body.WriteAsync(piece, cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
        }
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return Task.CompletedTask;
    }

    /// <summary>Cuts the JSON, or breaks off within the length that was announced.</summary>
    private static async Task TruncateAsync(HttpContext context, byte[] document, CancellationToken cancellationToken)
    {
        var half = document[..(document.Length / 2)];
        context.Response.ContentLength = half.Length % 2 == 0 ? half.Length : document.Length;
        await context.Response.Body.WriteAsync(half, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
        if (context.Response.ContentLength != half.Length)
        {
            context.Abort();
        }
    }

    /// <summary>A reset on the wire, not an orderly end.</summary>
    private static Task ResetAsync(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { } connection)
        {
            connection.Socket.LingerState = new(enable: true, seconds: 0);
        }

        context.Abort();
        return Task.CompletedTask;
    }

    private sealed record Published(int Version, byte[] Document);
}
