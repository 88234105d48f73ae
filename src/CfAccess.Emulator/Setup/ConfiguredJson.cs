using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace CfAccess.Emulator.Setup;

/// <summary>
/// A section of configuration as JSON. Configuration keeps no types: a value is a text, and a section whose keys are 0, 1, 2, … is a list.
/// </summary>
internal static class ConfiguredJson
{
    public static JsonObject Object(IConfigurationSection section) =>
        new(section.GetChildren().Select(child => KeyValuePair.Create(child.Key, Node(child))));

    private static JsonNode? Node(IConfigurationSection section)
    {
        List<IConfigurationSection> children = [.. section.GetChildren()];
        return children switch
        {
            [] => section.Value,
            _ when children.Index().All(child => child.Item.Key == $"{child.Index}") => new JsonArray([.. children.Select(Node)]),
            _ => Object(section),
        };
    }
}
