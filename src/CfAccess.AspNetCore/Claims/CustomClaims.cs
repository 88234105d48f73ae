using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CfAccess.AspNetCore.Tokens;

namespace CfAccess.AspNetCore.Claims;

/// <summary>
/// The member <c>custom</c> of a token: SAML attributes and OIDC claims that the administrator chose. Source: Cloudflare One documentation,
/// "Application token", Custom SAML attributes and OIDC claims.
/// </summary>
internal static class CustomClaims
{
    /// <summary>The beginning of the types of claims that stand for its members.</summary>
    public const string Prefix = "custom:";

    private const int FewMembers = 16;

    /// <summary>Whether no member comes twice: readers would differ on which of two counts.</summary>
    public static bool AreUnambiguous(ReadOnlySpan<byte> custom)
    {
        var reader = new Utf8JsonReader(custom);
        reader.Read();
        var names = new MemberNames(custom, stackalloc Range[FewMembers]);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!names.TryAdd(reader))
            {
                return false;
            }

            reader.Skip();
        }

        return true;
    }

    /// <summary>Makes claims of its members.</summary>
    /// <param name="custom">One object.</param>
    /// <param name="groupsMember">The member that holds groups; none where nothing does.</param>
    /// <param name="claims">Where they go.</param>
    /// <returns>The groups, if that member is there.</returns>
    public static JsonElement? Add(ReadOnlySpan<byte> custom, string? groupsMember, List<PreparedClaim> claims)
    {
        JsonElement? groups = null;
        var reader = new Utf8JsonReader(custom);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == groupsMember)
            {
                var value = reader;
                groups = JsonElement.ParseValue(ref value);
            }

            JsonClaims.Add(Prefix + name, ref reader, custom, claims);
        }

        return groups;
    }

    /// <summary>Reads one member of it, as a principal has it.</summary>
    /// <returns>The value; the default where it is missing or has another shape.</returns>
    public static T? Read<T>(string custom, string name, JsonTypeInfo<T> typeInfo)
    {
        try
        {
            using var document = JsonDocument.Parse(custom);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value)
                ? value.Deserialize(typeInfo)
                : default;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
