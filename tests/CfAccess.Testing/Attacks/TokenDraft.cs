using System.Text.Json.Nodes;

namespace CfAccess.Testing.Attacks;

/// <summary>Header and payload as text, to be changed and then signed with a team's key.</summary>
public sealed record TokenDraft(TokenMinter Minter, string Header, string Payload)
{
    public string Token => Minter.Sign(Header, Payload);

    public TokenDraft Head(Action<JsonObject> change) => this with { Header = Changed(Header, change) };

    public TokenDraft Body(Action<JsonObject> change) => this with { Payload = Changed(Payload, change) };

    public TokenDraft HeadText(Func<string, string> change) => this with { Header = change(Header) };

    public TokenDraft BodyText(Func<string, string> change) => this with { Payload = change(Payload) };

    /// <summary>Puts a member in front of all others, as text, so that it may be what no serializer writes.</summary>
    public static Func<string, string> Prepending(string member) => json => $"{{{member},{json[1..]}";

    /// <summary>Puts a member behind all others, as text.</summary>
    public static Func<string, string> Appending(string member) => json => $"{json[..^1]},{member}}}";

    /// <summary>Puts a member in the place of the one of that name, as text.</summary>
    public static Func<string, string> Replacing(string name, string value) => json =>
    {
        var members = JsonNode.Parse(json)!.AsObject();
        members.Remove(name);
        return Appending($"\"{name}\":{value}")(members.ToJsonString());
    };

    private static string Changed(string json, Action<JsonObject> change)
    {
        var members = JsonNode.Parse(json)!.AsObject();
        change(members);
        return members.ToJsonString();
    }
}
