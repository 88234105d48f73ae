using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;

namespace CfAccess.ApiShield.Documents;

/// <summary>A document that configuration holds or points at.</summary>
internal sealed class ConfiguredDocument(IConfigurationSection section) : ApiShieldDocumentSource
{
    private static readonly HashSet<string> Lists =
        new(StringComparer.OrdinalIgnoreCase) { "token_sources", "keys", "include", "exclude", "host", "operation_ids" };

    /// <summary>Not the text, which holds secrets if it was meant to be a document.</summary>
    internal override string Name => section.Path;

    internal override ReadOnlyMemory<byte>? Read(string root) => section.Value switch
    {
        var text when string.IsNullOrWhiteSpace(text) => section.GetChildren().Any() ? ToJson() : default(ReadOnlyMemory<byte>?),
        var text when ConfiguredText.IsJson(text) => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(text!)),
        var text when ConfiguredText.CanBePath(text) => ReadFile(text!, root),
        _ => throw new IOException("the text is neither JSON, which begins with [ or {, nor the path of a file. Write one of the two."),
    };

    internal override IChangeToken Watch(string root) =>
        section.Value is { } text && !string.IsNullOrWhiteSpace(text) && !ConfiguredText.IsJson(text) && ConfiguredText.CanBePath(text)
        && new FileDocument(text).Watch(root) is { } file
            ? new EitherChange(file, section.GetReloadToken())
            : section.GetReloadToken();

    /// <summary>The messages of the system hold the path, so the text.</summary>
    private static ReadOnlyMemory<byte>? ReadFile(string path, string root)
    {
        try
        {
            return new FileDocument(path).Read(root);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException($"the text is taken for the path of a file, and there is no such file. Relative paths are below {root}.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new IOException("the text is taken for the path of a file, which this process may not read, or which is a folder.");
        }
        catch (IOException exception)
        {
            throw new IOException($"the text is taken for the path of a file, and reading that fails ({exception.GetType().Name}).");
        }
    }

    private ReadOnlyMemory<byte> ToJson() => Encoding.UTF8.GetBytes(Node(section, isList: true)!.ToJsonString());

    /// <summary>Configuration keeps neither types nor empty lists: a section whose keys are 0, 1, 2, … is a list.</summary>
    private static JsonNode? Node(IConfigurationSection section, bool isList)
    {
        List<IConfigurationSection> children = [.. section.GetChildren()];
        if (children.Count == 0)
        {
            return isList && string.IsNullOrEmpty(section.Value) ? new JsonArray() : Value(section);
        }

        // The host of an operation is a single text, that of a selector a list.
        return children.Index().All(child => child.Item.Key == $"{child.Index}")
            ? new JsonArray([.. children.Select(child => Node(child, isList: false))])
            : new JsonObject(children.Select(child => KeyValuePair.Create(child.Key, Node(child, Lists.Contains(child.Key)))));
    }

    private static JsonValue? Value(IConfigurationSection section) =>
        section.Key.Equals("enabled", StringComparison.OrdinalIgnoreCase) && bool.TryParse(section.Value, out var flag)
            ? JsonValue.Create(flag)
            : JsonValue.Create(section.Value);
}
