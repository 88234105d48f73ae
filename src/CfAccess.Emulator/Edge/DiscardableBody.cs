using Microsoft.AspNetCore.Http;

namespace CfAccess.Emulator.Edge;

/// <summary>A response body that can be discarded when the response starts: only then it is known whether the app's 401 becomes a redirect.</summary>
/// <param name="response">The response.</param>
/// <param name="body">The body that reaches the client.</param>
internal sealed class DiscardableBody(HttpResponse response, Stream body) : Stream
{
    public bool IsDiscarded { get; set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!response.HasStarted)
        {
            await body.FlushAsync(cancellationToken).ConfigureAwait(false);
        }

        if (!IsDiscarded)
        {
            await body.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>The response cannot be started without waiting, so the server decides whether it allows this.</summary>
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (!response.HasStarted)
        {
            body.Flush();
        }

        if (!IsDiscarded)
        {
            body.Write(buffer, offset, count);
        }
    }

    public override void Flush() => body.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => body.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
