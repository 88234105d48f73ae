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

    internal override string Name => IsFile ? $"{section.Value} ({section.Path})" : section.Path;

    private bool IsFile => section.Value is { Length: > 0 } text && text.TrimStart() is not ['[' or '{', ..];

    internal override ReadOnlyMemory<byte> Read(string root) => section.Value switch
    {
        null or "" => Encoding.UTF8.GetBytes((Node(section, isList: true) ?? new JsonArray()).ToJsonString()),
        _ when IsFile => new FileDocument(section.Value).Read(root),
        var text => Encoding.UTF8.GetBytes(text),
    };

    internal override IChangeToken Watch(string root) => IsFile && new FileDocument(section.Value!).Watch(root) is { } file
        ? new EitherChange(file, section.GetReloadToken())
        : section.GetReloadToken();

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
