using System.Text;
using CfAccess.ApiShield.Documents;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace CfAccess.ApiShield;

/// <summary>
/// Where a document comes from. It holds a list of objects as Cloudflare's API writes them, one object, or a whole answer of that API with
/// the objects in <c>result</c>.
/// </summary>
public abstract class ApiShieldDocumentSource
{
    private protected ApiShieldDocumentSource()
    {
    }

    /// <summary>What an operator knows it by.</summary>
    internal abstract string Name { get; }

    /// <summary>A file. It is watched, and read again when it changes.</summary>
    /// <param name="path">Its path; a relative one is below the content root of the application, or else the working folder.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty.</exception>
    public static ApiShieldDocumentSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new FileDocument(path);
    }

    /// <summary>A text. It never changes.</summary>
    /// <param name="json">The document.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="json"/> is null.</exception>
    public static ApiShieldDocumentSource FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return new StreamDocument(() => new MemoryStream(Encoding.UTF8.GetBytes(json)));
    }

    /// <summary>A stream of UTF-8. It is opened anew by each <see cref="ApiShieldRuleSetProvider.Reload"/>.</summary>
    /// <param name="open">Opens the stream, which is read to its end and disposed of.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="open"/> is null.</exception>
    public static ApiShieldDocumentSource FromStream(Func<Stream> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new StreamDocument(open);
    }

    /// <summary>
    /// A section of configuration: the path of a file, the JSON as one text that begins with <c>[</c> or <c>{</c>, or the objects as a list of
    /// sections. It is read again when the configuration changes. A section that is missing or empty is an error, since configuration cannot
    /// tell an empty list from a text that was forgotten: an empty document is the text <c>[]</c>.
    /// </summary>
    /// <param name="section">The section.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="section"/> is null.</exception>
    public static ApiShieldDocumentSource FromConfiguration(IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return new ConfiguredDocument(section);
    }

    /// <summary>The document's bytes, UTF-8; null if there is none.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal abstract ReadOnlyMemory<byte>? Read(string root);

    /// <summary>Tells of the next change, if it can.</summary>
    internal virtual IChangeToken? Watch(string root) => null;
}
