using System.Text.Json;

namespace CfAccess.AspNetCore.Identity;

/// <summary>
/// Reads groups, of get-identity or of a token's <c>custom</c>: one value or an array, each a name or an object with <c>name</c>, <c>id</c>
/// and <c>email</c>. Another shape is no group.
/// </summary>
internal static class GroupReader
{
    /// <param name="json">The groups.</param>
    /// <param name="areWhole">Whether all of it was groups.</param>
    public static List<AccessGroup> Read(JsonElement json, out bool areWhole)
    {
        var groups = new List<AccessGroup>();
        areWhole = true;
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var entry in json.EnumerateArray())
            {
                areWhole &= TryAdd(entry, groups);
            }
        }
        else if (json.ValueKind != JsonValueKind.Null)
        {
            areWhole = TryAdd(json, groups);
        }

        return groups;
    }

    private static bool TryAdd(JsonElement entry, List<AccessGroup> groups)
    {
        var group = entry.ValueKind == JsonValueKind.String
            ? new AccessGroup { Name = entry.GetString() }
            : new AccessGroup { Name = entry.Text("name"), Id = entry.Text("id"), Email = entry.Text("email") };
        if (group is { Name: null or "", Id: null or "" })
        {
            return false;
        }

        groups.Add(group);
        return true;
    }
}
