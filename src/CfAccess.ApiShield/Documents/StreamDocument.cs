namespace CfAccess.ApiShield.Documents;

/// <summary>A document that the application opens.</summary>
internal sealed class StreamDocument(Func<Stream> open) : ApiShieldDocumentSource
{
    internal override string Name => "a stream or text of the application";

    internal override ReadOnlyMemory<byte>? Read(string root)
    {
        using var stream = open();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
