namespace CfAccess.Benchmarks.Soak;

/// <summary>Passes an answer's body through, and tells whether it was read to its end.</summary>
internal sealed class WatchedStream(Stream inner, Action onEnd, Action onFailure) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            if (count == 0)
            {
                onEnd();
            }

            return count;
        }
        catch
        {
            onFailure();
            throw;
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            // The ledger keeps the first of what it is told.
            onFailure();
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
