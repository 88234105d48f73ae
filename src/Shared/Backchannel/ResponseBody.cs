namespace CfAccess.Shared.Backchannel;

/// <summary>Reads what another server sends, up to a size and not a byte beyond it.</summary>
internal static class ResponseBody
{
    /// <returns>The whole body in UTF-8, or null if it is larger than allowed.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, int maximumSize, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > maximumSize)
        {
            return null;
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            if (await ReadAsync(stream, maximumSize, cancellationToken).ConfigureAwait(false) is not { } body)
            {
                return null;
            }

            return JsonEncoding.ToUtf8(body, content.Headers.ContentType?.CharSet);
        }
    }

    /// <returns>All bytes as they are, or null if there are more than allowed.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(Stream stream, int maximumSize, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[8 * 1024];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (body.Length + count > maximumSize)
            {
                return null;
            }

            body.Write(buffer, 0, count);
        }

        return body.ToArray();
    }
}
