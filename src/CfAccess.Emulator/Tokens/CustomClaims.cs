using System.Text.Json.Nodes;

namespace CfAccess.Emulator.Tokens;

/// <summary>
/// The member <c>custom</c>: claims of the identity provider that the administrator chose to add, first of all the groups. Source:
/// Cloudflare One documentation, "Application token", Custom SAML attributes and OIDC claims.
/// </summary>
internal static class CustomClaims
{
    public const string Groups = "groups";
    private const string Member = "custom";

    /// <summary>In bytes. With header and signature it makes a token of 4,000, and browsers keep cookies of up to 4,096.</summary>
    private const int LargestPayload = 2600;

    /// <summary>All of a person's; none when there is nothing to tell.</summary>
    public static JsonObject? Of(AccessEmulatorPerson person)
    {
        var custom = new JsonObject();
        if (person.Groups.Count > 0)
        {
            custom[Groups] = new JsonArray([.. person.Groups.Select(group => (JsonNode)group)]);
        }

        foreach (var (name, value) in person.Custom)
        {
            custom[name] = value?.DeepClone();
        }

        return custom.Count > 0 ? custom : null;
    }

    /// <summary>Drops from the end what makes the payload too large, the last elements of a list first.</summary>
    public static JsonObject Trim(JsonObject payload)
    {
        // The writer escapes all that is not ASCII, so a character is a byte.
        var tooMuch = payload.ToJsonString().Length - LargestPayload;
        var custom = payload[Member] as JsonObject;
        while (tooMuch > 0 && custom is { Count: > 0 })
        {
            tooMuch -= DropLast(custom);
        }

        if (custom is { Count: 0 })
        {
            payload.Remove(Member);
        }

        return payload;
    }

    private static int DropLast(JsonObject custom)
    {
        var (name, value) = custom.GetAt(custom.Count - 1);
        if (value is JsonArray { Count: > 1 } list)
        {
            var size = Size(list[^1]);
            list.RemoveAt(list.Count - 1);
            return size;
        }

        custom.RemoveAt(custom.Count - 1);
        return Size(name) + Size(value);
    }

    /// <summary>With the comma or colon that goes with it.</summary>
    private static int Size(JsonNode? value) => 1 + (value?.ToJsonString() ?? "null").Length;
}
