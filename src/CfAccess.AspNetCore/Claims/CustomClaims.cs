using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CfAccess.Shared.Json;

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

    /// <summary>Makes claims of its members, and none if it is no object, or has a member twice: readers would differ on which of two counts.</summary>
    /// <param name="custom">Its value.</param>
    /// <param name="groupsMember">The member that holds groups; none where nothing does.</param>
    /// <param name="claims">Where they go.</param>
    /// <param name="groups">The groups, if that member is there.</param>
    /// <returns>Whether it is an object without a member that comes twice.</returns>
    public static bool TryAdd(ReadOnlySpan<byte> custom, string? groupsMember, List<PreparedClaim> claims, out JsonElement? groups)
    {
        groups = null;
        var before = claims.Count;
        var reader = new Utf8JsonReader(custom);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var names = new MemberNames(custom, stackalloc Range[FewMembers]);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!names.TryAdd(reader))
            {
                claims.RemoveRange(before, claims.Count - before);
                groups = null;
                return false;
            }

            var name = reader.GetString()!;
            reader.Read();
            if (name == groupsMember)
            {
                var value = reader;
                groups = JsonElement.ParseValue(ref value);
            }

            JsonClaims.Add(Prefix + name, ref reader, custom, claims);
        }

        return true;
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
