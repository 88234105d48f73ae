using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace CfAccess.Testing.Properties;

/// <summary>One member of a JSON object, name and value as they are written.</summary>
public readonly record struct JsonMember(string Name, string Value)
{
    public override string ToString() => $"\"{Name}\":{Value}";
}

/// <summary>A JSON object as text, whose members may be doubled or escaped, and which may be no JSON at all.</summary>
public sealed record JsonText(ImmutableList<JsonMember> Members, string Open = "{", string Close = "}")
{
    /// <summary>The value of the one member of that name, as it is written.</summary>
    public string? this[string name] => Members.FirstOrDefault(member => member.Name == name).Value;

    public static JsonText Of(JsonObject json) =>
        new([.. json.Select(member => new JsonMember(member.Key, member.Value?.ToJsonString() ?? "null"))]);

    public bool Has(string name) => Members.Exists(member => member.Name == name);

    /// <summary>Puts a value in the place of the member's own, or a member at the end.</summary>
    public JsonText With(string name, string value)
    {
        var index = Members.FindIndex(member => member.Name == name);
        return index < 0 ? Insert(Members.Count, name, value) : At(index, new JsonMember(name, value));
    }

    public JsonText Without(string name) => this with { Members = Members.RemoveAll(member => member.Name == name) };

    public JsonText At(int index, JsonMember member) => this with { Members = Members.SetItem(index, member) };

    public JsonText Insert(int index, string name, string value) =>
        this with { Members = Members.Insert(index, new JsonMember(name, value)) };

    public override string ToString() => $"{Open}{string.Join(',', Members)}{Close}";
}
